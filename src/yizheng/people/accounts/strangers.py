"""Somebody the register does not know yet is entered by the desk, so that an act of the authority can be about her.

医师法 第五十八条、第五十九条: a ban may be on a person who never was registered. Who signs up later with this name and number is
the same person.
"""

from collections.abc import Iterable

from django.db import transaction

from yizheng.kernel.names.folding import fold_name, same_name
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.rights.grants import Refused
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name, named, names_of
from yizheng.registry import ChangeKind, changing


def person_of(name: str, document: IdentifierKind, number: str, actor: Account, offices: Iterable[int]) -> int:
    """The subject of this name and number, whom staff of these offices find from now on. Raises Refused."""
    known = vault.resolve(document, number, actor, "依职权办理：查找当事人")
    if known is None:
        return _entered(name, document, number, actor, list(offices))
    with acting_as_system("核对依职权办理的当事人"):
        fits = any(same_name(kept, fold_name(name)) for kept in names_of(known))
    if not fits:
        raise Refused("登记簿中持这一证件的人不叫这个姓名，请核对证件")
    if named(known, actor) is None:
        raise Refused("此人已在登记簿中，由保存其登记的机关办理")
    return known


def _entered(name: str, document: IdentifierKind, number: str, actor: Account, offices: list[int]) -> int:
    with transaction.atomic(), acting_as_system("登记依职权办理的当事人"):
        with changing(kind=ChangeKind.EXCHANGE, actor=actor.pk, cause="stranger", reason="依职权办理") as change:
            subject_id = int(change.subject("person").pk)
        vault.store(subject_id, document, number)
        index_name(subject_id, name, offices)
        audit.record(actor, "person.enter", f"subject:{subject_id}")
    return subject_id
