"""Who a person is, read from under her key; and entering persons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.identifiers.citizen_numbers import NumberState, read_citizen_number
from yizheng.kernel.masking import mask_mobile, mask_resident_id
from yizheng.people.models import Account
from yizheng.registry import changing
from yizheng.registry.models import ChangeKind, SubjectKind
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.models import History, Identity, Person

NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Who:
    """Name, former names, day of birth, number and telephone; without sight of identities all are empty."""

    name: str = ""
    birth: str = ""
    number: str = ""
    mobile: str = ""
    former: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As it is enciphered."""
        return asdict(self)

    @property
    def born(self) -> date | None:
        """The day of birth."""
        return parse_date(self.birth)

    @property
    def masked_number(self) -> str:
        """The number as pages show it."""
        return mask_resident_id(self.number) if self.number else ""

    @property
    def masked_mobile(self) -> str:
        """The telephone as pages show it."""
        return mask_mobile(self.mobile) if self.mobile else ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A person to be entered: the row of ``Person`` without its subject, who she is, and her history."""

    person: Mapping[str, Any]
    who: Who
    history: Mapping[str, Any]


def who_are(account: Account | None, persons: Iterable[Person]) -> dict[int, Who]:
    """Who these persons are, by key; whom the account may not know is left out. The system (no account) knows all."""
    keys = {each.pk: each.subject_id for each in persons}
    rows = Identity.objects.all() if account is None else Identity.objects.visible_to(account)
    found = list(rows.filter(person__in=keys).values_list("person_id", "sealed"))
    opened = sealing.opened([(keys[person], sealed) for person, sealed in found])
    return {
        person: Who(**{**said, "former": tuple(said["former"])})
        for (person, _), said in zip(found, opened, strict=True)
    }


def who_is(account: Account | None, person: Person) -> Who:
    """Who a person is; nothing of it for who may not know."""
    return who_are(account, [person]).get(person.pk, Who())


def number_index(number: str) -> bytes | None:
    """The keyed digest of a valid number in its form of 18 characters; nothing of another."""
    read = read_citizen_number(number)
    return sealing.indexes(NUMBER, [read.number])[0] if read.state is NumberState.VALID else None


def enter(rows: Sequence[Entered]) -> list[Person]:
    """Enter persons in a few statements, each with a key of her own."""
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="sequelae.persons", reason="登记造册") as change:
        subjects = [change.subject(SubjectKind.PERSON).pk for _ in rows]
    persons = Person.objects.bulk_create(
        Person(subject_id=subject, **row.person) for subject, row in zip(subjects, rows, strict=True)
    )
    identities = sealing.seal([(s, row.who.kept()) for s, row in zip(subjects, rows, strict=True)])
    histories = sealing.seal([(s, dict(row.history)) for s, row in zip(subjects, rows, strict=True)])
    insert_many(
        Identity(person=person, sealed=sealed, number_index=number_index(row.who.number))
        for person, sealed, row in zip(persons, identities, rows, strict=True)
    )
    told = [
        History(person=person, sealed=sealed)
        for person, sealed, row in zip(persons, histories, rows, strict=True)
        if row.history
    ]
    insert_many(told)
    return persons
