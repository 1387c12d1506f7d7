"""The data of a run: persons by a number that means nothing elsewhere, their years, and the items that are asked for.

Sorted and rounded, so that the same register gives the same digest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.consents.keeping import consenting
from yizheng.systems.sequelae.consultation.hip_opinions import REPLACED, SIDES
from yizheng.systems.sequelae.consultation.years import changes_of_device, years_of_many
from yizheng.systems.sequelae.controls.taking import controls_of
from yizheng.systems.sequelae.models import Attendance, History, Opinion, Person
from yizheng.systems.sequelae.models.opinions import Field
from yizheng.systems.sequelae.models.people import Standing


@dataclass(frozen=True, slots=True)
class Subject:
    """One person of a run: sex, year of birth, dose, the last year in which she lived, when she was invited and came, and her values."""

    number: int
    sex: str
    born: int
    dose: float
    ended: int
    invited: tuple[int, ...]
    attended: tuple[int, ...]
    values: Mapping[int, Mapping[str, float]]
    infected: str = "community"
    """Where she was infected: on duty or not."""
    replaced: Mapping[str, int] = field(default_factory=dict)
    """By side (l, r): the year from which her hip is an artificial one."""

    def age(self, year: int) -> int:
        """The age she reaches in a year."""
        return year - self.born


@dataclass(frozen=True, slots=True)
class Control:
    """One healthy person of the same centre and year."""

    sex: str
    age: int
    health_worker: bool
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Dataset:
    """All persons of a run, the years of the rounds, and the years in which an item changed its device."""

    subjects: tuple[Subject, ...]
    rounds: tuple[int, ...]
    devices: tuple[tuple[int, str], ...]
    controls: tuple[Control, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As it is enciphered with the run."""
        return {
            "subjects": [asdict(each) for each in self.subjects], "rounds": self.rounds, "devices": self.devices,
            "controls": [asdict(each) for each in self.controls],
        }  # fmt: skip

    def share(self, year: int) -> float:
        """How many of those invited in a year came."""
        invited = sum(year in each.invited for each in self.subjects)
        return sum(year in each.attended for each in self.subjects) / invited if invited else 0.0

    @property
    def last_attended(self) -> int:
        """The last round that most have come to: one that still runs is half empty."""
        return next((year for year in reversed(self.rounds) if self.share(year) >= 0.5), self.rounds[-1])


FOREVER = 9999


def dataset_of(kept: Mapping[str, Any]) -> Dataset:
    """The data of what was kept."""
    subjects = [
        Subject(**{
            **each, "invited": tuple(each["invited"]), "attended": tuple(each["attended"]),
            "values": {int(year): values for year, values in each["values"].items()},
        })
        for each in kept["subjects"]
    ]  # fmt: skip
    return Dataset(
        tuple(subjects), tuple(kept["rounds"]), tuple((year, name) for year, name in kept["devices"]),
        tuple(Control(**each) for each in kept["controls"]),
    )  # fmt: skip


def collect(account: Account, items: Iterable[str], until: int, *, with_controls: bool = False) -> Dataset:
    """The data of the register up to a year, as the statistician may see it; with the healthy people of the last year compared."""
    wanted = list(items)
    persons = consenting(account, Person.objects.visible_to(account).order_by("code"))
    years, doses, came = years_of_many(account, persons), _doses(account, persons), _came(account, until)
    replaced = _replaced(account, persons, until)
    changes: dict[int, str] = {}
    for of in years.values():
        changes |= {year: device for code in wanted for year, device in changes_of_device(of, code) if year <= until}
    subjects = tuple(
        Subject(
            number, each.sex, each.birth_year, doses.get(each.pk, 0.0), _ended(each), *came.get(each.pk, ((), ())),
            {
                year.year: {code: value for code in wanted if (value := year.number(code)) is not None}
                for year in years.get(each.pk, [])
                if year.year <= until
            },
            each.infected, replaced.get(each.pk, {}),
        )
        for number, each in enumerate(persons, 1)
    )  # fmt: skip
    rounds = sorted({year for each in subjects for year in each.invited})
    data = Dataset(subjects, tuple(rounds), _first_years(changes))
    if not with_controls:
        return data
    healthy = tuple(Control(**each) for each in controls_of(account, data.last_attended))
    return replace(data, controls=healthy)


def _first_years(changes: Mapping[int, str]) -> tuple[tuple[int, str], ...]:
    """The first year of each device: people meet it in different years."""
    first: dict[str, int] = {}
    for year, device in changes.items():
        first[device] = min(year, first.get(device, FOREVER))
    return tuple(sorted((year, device) for device, year in first.items()))


def _ended(person: Person) -> int:
    return person.ended_on.year if person.standing == Standing.DEAD and person.ended_on else FOREVER


def _doses(account: Account, persons: list[Person]) -> dict[int, float]:
    keys = {each.pk: each.subject_id for each in persons}
    rows = list(History.objects.visible_to(account).values_list("person_id", "sealed"))
    contents = sealing.opened([(keys[person], sealed) for person, sealed in rows])
    return {person: float(said.get("dose_g") or 0) for (person, _), said in zip(rows, contents, strict=True)}


def _came(account: Account, until: int) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    invited: dict[int, list[int]] = {}
    attended: dict[int, list[int]] = {}
    rows = Attendance.objects.visible_to(account).filter(round__year__lte=until).order_by("round__year")
    for person, year, came in rows.values_list("person_id", "round__year", "came"):
        invited.setdefault(person, []).append(year)
        if came == "attended":
            attended.setdefault(person, []).append(year)
    return {person: (tuple(years), tuple(attended.get(person, ()))) for person, years in invited.items()}


def _replaced(account: Account, persons: list[Person], until: int) -> dict[int, dict[str, int]]:
    """From which year each hip is artificial, as opinions say; the year of the round where they do not say."""
    keys = {each.pk: each.subject_id for each in persons}
    rows = list(
        Opinion.objects.visible_to(account).standing().filter(field=Field.HIPS, round__year__lte=until)
        .order_by("round__year").values_list("person_id", "round__year", "sealed")
    )  # fmt: skip
    found: dict[int, dict[str, int]] = {}
    contents = sealing.opened([(keys[person], sealed) for person, _, sealed in rows])
    for (person, year, _), content in zip(rows, contents, strict=True):
        for side in SIDES:
            hip = content["hips"].get(side, {})
            if hip.get("surgery") == REPLACED:
                found.setdefault(person, {}).setdefault(side, int(hip.get("surgery_year") or year))
    return found
