"""Natural persons named in a form: found by the number of their document, or made known by it.

A founder, a legal representative or a principal needs no entry in a register of people: she is a subject whose number the vault
holds, the same one whether she is met first as a doctor or as a founder.
"""

from yizheng.kernel.identifiers import check_resident_id
from yizheng.kernel.identifiers.identify import identify
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.registry import ChangeInProgress, SubjectKind

_KINDS = {
    Kind.RESIDENT_ID: IdentifierKind.RESIDENT_ID,
    Kind.HMT_PERMIT: IdentifierKind.HMT_PERMIT,
    Kind.PASSPORT: IdentifierKind.PASSPORT,
}


def read_document(text: str) -> Identified:
    """The number of an identity document; what is none is read as a resident's number, and its faults told."""
    found = identify(text)
    return found if found.kind in _KINDS else check_resident_id(text)


def known_person(number: str) -> int | None:
    """The subject that holds this document; nothing where nobody is known by it. Only for the program's own bookkeeping."""
    found = read_document(number) if number else None
    return None if found is None or found.problems else vault.find(_KINDS[found.kind], found.number)


def person_of(change: ChangeInProgress, number: str) -> int | None:
    """The subject of the holder, made where nobody is known by the number; nothing without a number."""
    if not number:
        return None
    known = known_person(number)
    if known is not None:
        return known
    read = read_document(number)
    subject = change.subject(SubjectKind.PERSON).pk
    vault.store(subject, _KINDS[read.kind], read.number)
    return subject
