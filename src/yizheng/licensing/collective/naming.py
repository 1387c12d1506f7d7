"""Who a row of a list is about: known by number and name together, and of other people's staff nothing is told.

A typing fault in the row of somebody who works at the institution is told as what it is: the institution knows its own people.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from yizheng.kernel.identifiers import check_resident_id
from yizheng.kernel.names import fold_name
from yizheng.kernel.signs import normalise_number
from yizheng.licensing.collective.corrected import NAME
from yizheng.licensing.collective.dossiers import IDENTITY, head_of
from yizheng.licensing.item import Candidate, Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import names_of

LOOKED_UP_FOR = "集体办理核对人员"
"""The reason with which a look into the vault is recorded."""
NOBODY = "登记数据中没有姓名和号码都相符的人，或者此人不由本机构办理，请核对；登记数据没有的，请本人先到窗口核实"
"""Said of every miss alike: who is registered elsewhere is not told to who guesses names and numbers."""


class OwnPeople:
    """Those registered at an institution, read when the first row asks for them."""

    def __init__(self, item: Item, institution_scope: int, on: date) -> None:
        self._item, self._scope, self._on = item, institution_scope, on

    @cached_property
    def all(self) -> list[Candidate]:
        """Each with name and number."""
        return list(self._item.own_people(self._scope, self._on))

    def named(self, name: str) -> list[Candidate]:
        """Those of the name."""
        return [each for each in self.all if fold_name(each.name) == fold_name(name)]

    def of(self, subject: int | None) -> Candidate | None:
        """The one this is, where she is one of them."""
        return next((each for each in self.all if each.subject_id == subject), None)


def who_is(item: Item, account: Account, own: OwnPeople, written: Mapping[str, str]) -> int:
    """The subject of a row: by number, and only if the name is hers. Raises NotPossibleError with what is wrong.

    Where the row may be about somebody of another institution, every miss is told in the same words.
    """
    name, identity, by = written.get(NAME, "").strip(), written.get(IDENTITY, "").strip(), item.known_by
    number = "" if by is None else written.get(by.title, "").strip()
    if not name or not (identity or number):
        raise NotPossibleError(f"须填{NAME}，以及{'或者'.join(head_of(item)[1:])}")
    if identity and (problems := check_resident_id(identity).problems):
        raise NotPossibleError(f"“{IDENTITY}”：{problems[0]}")
    found = {
        title: subject
        for title, subject in (
            (IDENTITY, vault.resolve(IdentifierKind.RESIDENT_ID, identity, account, LOOKED_UP_FOR) if identity else 0),
            ("" if by is None else by.title, by.find(number, account) if by is not None and number else 0),
        )
        if subject != 0
    }
    subjects = set(found.values())
    subject = subjects.pop() if len(subjects) == 1 else None
    if subject is None or fold_name(name) not in _names(subject):
        raise NotPossibleError(_mistyped(own, name, number, found) or NOBODY)
    return subject


def _mistyped(own: OwnPeople, name: str, number: str, found: Mapping[str, int | None]) -> str:
    """What is wrong in a row that means somebody of the institution; empty where it need not mean one."""
    for title, subject in found.items():
        if (known := own.of(subject)) is not None:
            others = [other for other, each in found.items() if each != subject]
            if others:
                return f"“{title}”是本机构的{known.name}，“{others[0]}”不是，请核对"
            return f"姓名有误：这个{title}在本机构登记为“{known.name}”，请核对"
    namesakes = own.named(name)
    if not namesakes:
        return ""
    titles = "、".join(f"“{title}”" for title in found)
    near = [each.number for each in namesakes if each.number and _near(each.number, normalise_number(number))]
    close = f"，登记的是 {near[0]}" if len(near) == 1 else ""
    return f"本机构有“{name}”，但{titles}不是此人的{close}，请核对"


def _near(known: str, typed: str) -> bool:
    """Whether two numbers of one length differ in no more than two places."""
    return len(known) == len(typed) and sum(one != other for one, other in zip(known, typed, strict=True)) <= 2


def _names(subject: int) -> set[str]:
    with acting_as_system("集体办理核对姓名"):
        accounts = Account.objects.filter(subject_id=subject).values_list("display_name", flat=True)
        return {fold_name(name) for name in (*names_of(subject), *accounts)}
