"""Deadlines and forecasts cost three times as much for three times as many doctors, just after they were loaded.

Nothing is analysed by itself in these databases; the tables were last analysed when they were empty.
"""

from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from tests.counting_rows import RowsPassed, rows_passed
from tests.systems.doctors.conftest import found
from tests.systems.doctors.standing_doctors import days_ago, person, registered_at
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.forecasts import Comparison
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing, load_states
from yizheng.registry.models import Fact, StateFact, Subject
from yizheng.registry.writer.versions import columns_of
from yizheng.systems.doctors.forecast import FORECAST, REGISTER
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.practitioners.models import PersonIdentity

pytestmark = pytest.mark.django_db(transaction=True)
FEW, MANY = 500, 1_500
KINDS: tuple[type[StateFact], ...] = (PersonIdentity, Qualification, Registration)


def copied(doctor: int, number: int) -> None:
    """So many others of whom the register says what it says of this doctor, loaded as one batch."""
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="batch:1") as change:
        made = Subject.objects.bulk_create(Subject(kind="person", opened=change.id) for _ in range(number))
        for kind in KINDS:
            load_states(change, kind, _of(kind), [doctor, made[0].pk])


def _of(kind: type[Fact]) -> str:
    said = columns_of(kind, "f.").replace('f."subject_id"', "s.id as subject_id")
    return (
        f"select {said} from {kind.fact_table()} f cross join registry_subject s"
        " where f.subject_id = %s and f.closed is null and s.id >= %s"
    )


def deadlines() -> None:
    assert recompute(timezone.localdate()) > FEW / 2
    assert recompute(timezone.localdate()) > FEW / 2


def forecasts() -> None:
    day = timezone.localdate()
    assert sum(len(each.subjects) for portion in REGISTER.portions(day) for each in portion) > FEW
    for portion in REGISTER.portions(day, Comparison.of(FORECAST, day)):
        assert portion


@pytest.mark.parametrize("act", [deadlines, forecasts])
def test_three_times_the_doctors_cost_three_times_as_much(
    haidian: Scope, owner_connection: psycopg.Connection[Any], act: Any
) -> None:
    with acting_as_system("test"):
        here = found("海淀区青禾社区卫生服务中心", haidian, "110108", subjects=("02", "03", "04", "07"))
        doctors = person("程知微", haidian), person("沈一舟", haidian)
        registered_at(doctors[0], here, haidian, certified=False)
        registered_at(doctors[1], here, haidian, since=days_ago(500), status="LEFT", institution=None, certified=False)
        owner_connection.execute("analyze")
        owner_connection.commit()
        asked: list[RowsPassed] = []
        for number in (FEW, MANY - FEW):
            for doctor in doctors:
                copied(doctor.subject, number)
            with transaction.atomic(), rows_passed() as passed:
                act()
            asked.append(passed)
    few, many = asked
    dear = [f"{rows:,} {sql[:3000]}" for rows, sql in many.of if rows > 100 * MANY]
    assert dear == []
    assert many.total < 5 * few.total
