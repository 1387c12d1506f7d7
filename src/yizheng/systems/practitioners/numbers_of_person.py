"""The numbers of a person in the vault: whether one typed is hers; a new one is kept, the former one stays findable."""

from collections.abc import Sequence

from yizheng.kernel.remembering import Memory
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind, canonical


def replace_number(subject_id: int, kind: IdentifierKind, former: str, new: str) -> bool:
    """The person's number is ``new`` from now on. Returns whether anything changed. Raises AlreadyHeld, NotHeld."""
    if not new or (former and canonical(kind, former) == canonical(kind, new)):
        return False
    if former:
        vault.retire(subject_id, kind, former)
    vault.store(subject_id, kind, new)
    return True


def agrees(subject_id: int, kind: IdentifierKind, typed: str) -> bool | None:
    """Whether the number typed is the person's; nothing where none was typed."""
    return vault.holds(subject_id, kind, typed) if typed else None


THEIRS: Memory[tuple[IdentifierKind, str, int], bool | None] = Memory("yizheng_practitioners_theirs")
"""For work on many people: whether the numbers typed are theirs."""


def is_theirs(kind: IdentifierKind, typed: object, subject_id: int) -> bool | None:
    """Whether the number typed is this person's; nothing while none is typed or none is kept to compare with."""
    number = str(typed or "").strip()
    if not number:
        return None
    asked = (kind, number, subject_id)
    return THEIRS.ask(asked, lambda: _are_theirs(kind, [(number, subject_id)])[asked])


def read_theirs(kind: IdentifierKind, typed: Sequence[tuple[str, int]]) -> None:
    """Find out at once of each number typed whether it is the person's."""
    asked = [(kind, number, subject) for number, subject in typed]
    THEIRS.ask_many(asked, lambda unread: _are_theirs(kind, [(number, subject) for _, number, subject in unread]))


def _are_theirs(
    kind: IdentifierKind, typed: Sequence[tuple[str, int]]
) -> dict[tuple[IdentifierKind, str, int], bool | None]:
    keeping = vault.masked_many([subject for _, subject in typed], kind)
    holders = vault.find_many(kind, {number for number, _ in typed})
    return {
        (kind, number, subject): holders.get(number) == subject if subject in keeping else None
        for number, subject in typed
    }
