"""Later knowledge: what clerks corrected or changed after the years were taken over, so that what was known then differs.

One change an authority and matter, by its own clerk, over all the doctors it concerns.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from yizheng.demo import sign_ins
from yizheng.demo.careers import QUIET, Segment
from yizheng.demo.chronicle import Chronicle, load
from yizheng.demo.data_files import tables
from yizheng.demo.dice import Dice
from yizheng.demo.people import Person
from yizheng.people.models import Account
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration

EVERY = 9
"""One of so many practising doctors is concerned by each matter."""
SPECIALITIES: Mapping[str, list[str]] = tables("city.toml")["specialities"]
"""What a department is more exactly, by scope."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a clerk settles for several doctors at once."""

    kind: ChangeKind
    desk: str
    cause: str
    reason: str
    from_the_beginning: bool
    """Whether it had been so since the registration began, or is so from a day of the last year on."""


MATTERS = (
    Matter(ChangeKind.CORRECTION, "review", "登记事项核对", "按聘用合同核对，科室登记有误，予以更正", True),
    Matter(ChangeKind.DECISION, "decide", "机构申报科室调整", "机构申报内设科室调整，变更科室登记", False),
)


def write(chronicle: Chronicle, dice: Dice, people: list[Person]) -> None:
    """Every matter at every authority."""
    clerks = {account.username: account for account in Account.objects.filter(kind="clerk")}
    practising = [each for each in people if each.career.now.status == "REG"]
    for number, matter in enumerate(MATTERS):
        for authority, doctors in _by_authority(practising[number::EVERY]).items():
            clerk = clerks[f"{sign_ins.OFFICES[authority]}-{matter.desk}"]
            with changing(kind=matter.kind, actor=clerk.pk, cause=matter.cause, reason=matter.reason) as change:
                load(change, Registration, list(_rows(chronicle, dice, matter, doctors)))


def _by_authority(people: list[Person]) -> Mapping[str, list[Person]]:
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        now = person.career.segments[-1]
        assert now.institution is not None
        found[now.institution.authority].append(person)
    return found


def _rows(chronicle: Chronicle, dice: Dice, matter: Matter, doctors: list[Person]) -> Iterator[dict[str, Any]]:
    for person in doctors:
        now = person.career.segments[-1]
        row = chronicle.standing(person)
        since = now.since
        if not matter.from_the_beginning:
            latest = chronicle.today - QUIET
            since = dice.day_between(max(now.since, latest - timedelta(days=300)), latest)
        yield row | {"valid_from": since, "department": _speciality(dice, now, row["department"])}


def _speciality(dice: Dice, now: Segment, department: str) -> str:
    return dice.choice(SPECIALITIES.get(now.scopes[0], [f"{department}门诊", f"{department}病区"]))
