"""How a register of people says who is registered, where and by what number.

The roster, the watch list, the check of a staff list and the search ask this and know no register by name. A registration
is a state fact with a declared `head`, with `institution`, `status`, and the properties `stands` (there is a registration at all) and
`may_practise`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from yizheng.disclosure.standings import Words
from yizheng.kernel.codes import table
from yizheng.kernel.remembering import Memory
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.permitted import UNREGISTERED

R = TypeVar("R", bound=Any)
MAIN, FILED = "main", "filed"
"""The relations of whoever is registered at the institution, and of whoever filed to work there too."""


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
    founding: tuple[type[Any], ...]
    """The kinds of fact of which one makes somebody known in the register."""
    relations: tuple[Relation, ...]
    """The registration itself first."""
    particulars: tuple[Particular, ...]
    states: str
    """The code table of the registration's `status`."""
    status_on: Callable[[Any, date], str]
    """How a registration stands on a day; a term that is over has ended though nobody wrote so."""
    told: Callable[[Any], tuple[str, str]]
    """What a watch list tells of a registration before and after the institution: its status and what she may do."""
    in_status: Callable[[str, date], Q] = lambda status, on: Q(status=status)
    """Which versions `status_on` would say to have a status on a day."""
    term: str = ""
    """The field of the registration with the last day of a term that ends by itself; empty where it has no end."""
    apart: str = ""
    """The field by which the registrations of one person differ and filings name theirs; empty where there is one."""
    lists: str = ""
    """What the codes of its printed lists begin with."""

    @property
    def number(self) -> str:
        """The field of the registration that holds the number of the certificate."""
        return str(self.registration.head.number)

    def standing(self, held: Any | None, on: date | None = None) -> Words:
        """How a registration stands on a day, today where none is named, in the words of the face."""
        words: Words = self.registration.head.standing(held, on or timezone.localdate())
        return words

    def may_practise(self, held: Any, on: date) -> bool:
        """Whether a registration that says something of the day lets its holder practise on it."""
        return table(self.states)[self.status_on(held, on)].flag("may_practise")

    def counts(self, held: Any, on: date) -> bool:
        """Whether a registration that says something of the day is there at all, its term not over."""
        last = self.last_day(held)
        return bool(held.stands) and (last is None or on <= last)

    def last_day(self, held: Any | None) -> date | None:
        """The last day of the term of a registration; nothing where it has no end."""
        return getattr(held, self.term) if held is not None and self.term else None

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


@dataclass(frozen=True, slots=True)
class Registered(Generic[R]):
    """A person's identity, registrations and filings in one register on a day."""

    people: PeopleRegister
    on: date
    identity: PersonIdentity | None
    registrations: tuple[R, ...]
    """Every line of registration that says something on the day, ended ones included."""
    filings: tuple[Any, ...] = ()
    """The filings at further institutions that hold on the day."""

    @property
    def standing(self) -> tuple[R, ...]:
        """Registrations that are there, in practice or not."""
        return tuple(each for each in self.registrations if each.stands)

    @property
    def main(self) -> R | None:
        """The registration that counts: the first of what stands in the order of the register."""
        return min(self.standing, key=self.people.registration.head.rank, default=None)

    @property
    def main_institution(self) -> str:
        """The name of the main institution on the day; empty where there is none."""
        return "" if self.main is None else licences.name_of(self.main.institution_id, self.on)

    @property
    def last(self) -> R | None:
        """The registration that counts, else the one that ended last."""
        return self.main or max(self.registrations, key=lambda each: each.valid_from, default=None)

    @property
    def status(self) -> str:
        """As the register reads it on the day (a term may be over without anybody having written so); ``UNREG`` without any."""
        counts = self.last
        return UNREGISTERED if counts is None else self.people.status_on(counts, self.on)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The versions a decision about the person relies on."""
        return self.registrations if self.identity is None else (self.identity, *self.registrations)


Entry = Registered[Any]
"""What some register says of a person on a day."""

_declared: dict[str, PeopleRegister] = {}


def declare(people: PeopleRegister) -> PeopleRegister:
    """Add a register of people; declaring it again replaces it."""
    _declared[people.code] = people
    return people


def people_registers() -> Iterable[PeopleRegister]:
    """Every register of people."""
    return _declared.values()


def registered_elsewhere(register: Register, subject_id: int, on: date) -> str:
    """What a person is registered as on a day in registers other than this one; call it as the system."""
    return ELSEWHERE.ask((register.code, subject_id, on), lambda: _elsewhere(register, [subject_id], on)[subject_id])


ELSEWHERE: Memory[tuple[str, int, date], str] = Memory("yizheng_registered_elsewhere", lambda key: key[1])
"""For work on many people: what each is registered as in other registers."""


def read_elsewhere(register: Register, subject_ids: Iterable[int], on: date) -> None:
    """Read at once what these people are registered as in other registers; call it as the system."""

    def read(unread: list[tuple[str, int, date]]) -> dict[tuple[str, int, date], str]:
        found = _elsewhere(register, [subject for _, subject, _ in unread], on)
        return {(register.code, subject, on): words for subject, words in found.items()}

    ELSEWHERE.ask_many([(register.code, subject, on) for subject in subject_ids], read)


def _elsewhere(register: Register, subject_ids: Iterable[int], on: date) -> dict[int, str]:
    ids = list(subject_ids)
    found: dict[int, list[str]] = {subject: [] for subject in ids}
    for people in people_registers():
        if people.register == register:
            continue
        held = people.registration.objects.as_of(on).filter(subject_id__in=ids)
        for subject in {each.subject_id for each in held if people.counts(each, on)}:
            found[subject].append(people.title)
    return {subject: "、".join(titles) for subject, titles in found.items()}


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

    def knows(self, subject: int) -> bool:
        """Whether anything is known of the person."""
        return subject in self.identities or subject in self.registrations


def identities_on(subject_ids: Iterable[int], on: date) -> dict[int, PersonIdentity]:
    """Who these people are on a day, whoever recorded it; one query. Names on the registers are public."""
    with acting_as_system("清单显示公开的姓名"):
        people = PersonIdentity.objects.as_of(on).filter(subject_id__in=list(subject_ids))
        return {each.subject_id: each for each in people}


def names_on(subject_ids: Iterable[int], on: date) -> dict[int, str]:
    """What these people are called on a day; one query, in the scope of the caller."""
    people = PersonIdentity.objects.as_of(on).filter(subject_id__in=list(subject_ids))
    return dict(people.values_list("subject_id", "name"))


def standing_on(people: PeopleRegister, subject_ids: Iterable[int], on: date) -> Standing:
    """How these people stand in one register on a day, whoever recorded it; two queries."""
    return standings_on([(people, subject_ids)], on)[0]


def standings_on(
    wanted: Sequence[tuple[PeopleRegister, Iterable[int]]], on: date, reader: Account | None = None
) -> list[Standing]:
    """How people stand in each of several registers on a day, whoever recorded it; two queries, however many registers.

    医师法 第二十一条, 行政许可法 第四十条: registrations are open to inquiry. A former authority sees the past it decided and nothing
    else; without these it would read that as "not registered". Call only for subjects the reader was found to see;
    with a reader it is told which registrations she may see as a whole.
    """
    ids = [(people, list(subjects)) for people, subjects in wanted]
    asked = [_rows(n, people, subjects, on, reader) for n, (people, subjects) in enumerate(ids)]
    with acting_as_system("登记页显示公开的姓名和注册状态"):
        everybody = {subject for _, subjects in ids for subject in subjects}
        identities = {
            each.subject_id: each for each in PersonIdentity.objects.as_of(on).filter(subject_id__in=everybody)
        }
        rows = list(asked[0].union(*asked[1:], all=True)) if asked else []
    return [_standing(people, n, rows, identities) for n, (people, _) in enumerate(ids)]


def _rows(n: int, people: PeopleRegister, subjects: list[int], on: date, reader: Account | None) -> QuerySet[Any]:
    """The registrations as documents: tables of different columns are read by one statement."""
    kind = people.registration
    seen = kind.objects.visible_to(reader) if reader else kind.objects.none()
    found: QuerySet[Any] = kind.objects.as_of(on).filter(subject_id__in=subjects).order_by()
    document = RawSQL(f'to_jsonb("{kind.fact_table()}")', (), output_field=JSONField())  # noqa: S611
    in_sight = Exists(seen.filter(pk=OuterRef("pk")))
    rows: QuerySet[Any] = found.annotate(asked=Value(n), document=document, in_sight=in_sight)
    return rows.values_list("asked", "document", "in_sight")


def _standing(
    people: PeopleRegister,
    n: int,
    rows: Iterable[tuple[int, dict[str, Any], bool]],
    identities: dict[int, PersonIdentity],
) -> Standing:
    kind = people.registration
    fields = kind._meta.concrete_fields  # noqa: SLF001 — documented by Django
    held = [
        (
            kind.from_db(
                None, [each.attname for each in fields], [each.to_python(said[each.column]) for each in fields]
            ),
            in_sight,
        )
        for asked, said, in_sight in rows
        if asked == n
    ]
    counting = sorted((each for each, _ in held), key=kind.head.rank, reverse=True)
    return Standing(
        identities,
        {each.subject_id: each for each in counting},
        frozenset(each.pk for each, in_sight in held if in_sight),
    )
