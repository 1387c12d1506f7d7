"""How a register of people says who is registered, where and by what number.

The roster, the watch list, the check of a staff list and the search ask this and know no register by name. A registration
is a state fact with a declared `head`, with `institution`, `status`, and the properties `stands` (there is a registration at all) and
`may_practise`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yizheng.disclosure.standings import Words
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.registers import Register
from yizheng.systems.practitioners.models import PersonIdentity

MAIN = "main"
"""The relation of whoever is registered at the institution."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of fact that binds people to the institution it names."""

    code: str
    title: str
    kind: type[Any]
    condition: Q = field(default_factory=Q)
    """Which of these facts bind: not those that ended."""
    under_registration: bool = True
    """Whether it holds only beside a registration; short-term practice stands alone."""


@dataclass(frozen=True, slots=True)
class Particular:
    """One more column of the roster: its heading, its width on paper, and what it says of the fact and the registration."""

    title: str
    width: int
    says: Callable[[Any, Any | None], str]


@dataclass(frozen=True, slots=True)
class PeopleRegister:
    """What the pages about people need to know of one register."""

    register: Register
    system: str
    """The name of its app, which is the namespace of its addresses."""
    registration: type[Any]
    number_title: str
    relations: tuple[Relation, ...]
    """The registration itself first."""
    particulars: tuple[Particular, ...]
    states: str
    """The code table of the registration's `status`."""
    told: Callable[[Any], tuple[str, str]]
    """What a watch list tells of a registration before and after the institution: its status and what she may do."""
    apart: str = ""
    """The field by which the registrations of one person differ and filings name theirs; empty where there is one."""
    lists: str = ""
    """What the codes of its printed lists begin with."""

    @property
    def number(self) -> str:
        """The field of the registration that holds the number of the certificate."""
        return str(self.registration.head.number)

    def standing(self, held: Any | None) -> Words:
        """How a registration stands, in the words of the face."""
        words: Words = self.registration.head.standing(held)
        return words

    @property
    def code(self) -> str:
        """The code of the register."""
        return self.register.code

    @property
    def title(self) -> str:
        """What its people are called."""
        return self.register.title

    def relation(self, code: str) -> Relation | None:
        """The relation of this code."""
        return next((each for each in self.relations if each.code == code), None)

    def here(self, facts: Relation, account: Account, institution: int, on: date) -> QuerySet[Any]:
        """The facts by which people the account may see belong to the institution on a day."""
        found: QuerySet[Any] = facts.kind.objects.visible_to(account).as_of(on)
        return found.filter(facts.condition, institution_id=institution)

    def numbered(self, numbers: Iterable[str]) -> dict[str, int]:
        """The people by the numbers of their certificates, whoever recorded them; call it as the system."""
        held = self.registration.objects.current().filter(**{f"{self.number}__in": list(numbers)})
        return dict(held.values_list(self.number, "subject_id"))


_declared: dict[str, PeopleRegister] = {}


def declare(people: PeopleRegister) -> PeopleRegister:
    """Add a register of people; declaring it again replaces it."""
    _declared[people.code] = people
    return people


def people_register(code: str) -> PeopleRegister:
    """The register of people of this code."""
    return _declared[code]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who people are on a day, and the registration of each that counts (in force before ended, main before other)."""

    identities: dict[int, PersonIdentity]
    registrations: dict[int, Any]
    in_sight: frozenset[int] = frozenset()
    """The registrations, by key, that the reader may see as a whole."""


def identities_on(subject_ids: Iterable[int], on: date) -> dict[int, PersonIdentity]:
    """Who these people are on a day, whoever recorded it; one query. Names on the registers are public."""
    with acting_as_system("清单显示公开的姓名"):
        people = PersonIdentity.objects.as_of(on).filter(subject_id__in=list(subject_ids))
        return {each.subject_id: each for each in people}


def standing_on(
    people: PeopleRegister,
    subject_ids: Iterable[int],
    on: date,
    known: int | None = None,
    reader: Account | None = None,
) -> Standing:
    """How these people stand on a day, whoever recorded it, as known at a position; two queries.

    医师法 第二十一条, 护士条例 第十一条: registrations are open to inquiry. A former authority sees the past it decided and nothing
    else; without these it would read that as "not registered". Call only for subjects the reader was found to see;
    with a reader it is told which registrations she may see as a whole.
    """
    ids, kind = list(subject_ids), people.registration.objects
    seen = kind.visible_to(reader) if reader else kind.none()
    with acting_as_system("登记页显示公开的姓名和注册状态"):
        identities = list(PersonIdentity.objects.as_of(on, known).filter(subject_id__in=ids))
        of_them = kind.as_of(on, known).filter(subject_id__in=ids)
        held = list(of_them.annotate(in_sight=Exists(seen.filter(pk=OuterRef("pk")))))
    counting = sorted(held, key=people.registration.head.rank, reverse=True)
    return Standing(
        {each.subject_id: each for each in identities},
        {each.subject_id: each for each in counting},
        frozenset(each.pk for each in held if each.in_sight),
    )
