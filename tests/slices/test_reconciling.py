"""Two slices differ by what was registered and what time brought; a row touched behind the program's back is named."""

from datetime import date

import psycopg
import pytest

from tests.cast import Place
from tests.slices.conftest import LINE, add_doctors, cut_now
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.registers import Register
from yizheng.slices.models import SliceState
from yizheng.slices.reconciling import NotComparable, earlier_of, reconcile
from yizheng.systems.doctors.models import Registration

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


@pytest.mark.django_db
def test_changes_and_the_passing_of_days_explain_every_row(
    staff: list[int], institution: Place, haidian: Scope, doctors: Register
) -> None:
    with acting_as_system("test"):
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            change.end(Registration, staff[1], LINE, on=date(2026, 11, 10))  # known before, over between the days
        before = cut_now(doctors, OCTOBER)
        add_doctors(institution, haidian, 2, first=20)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            change.end(Registration, staff[0], LINE, on=date(2026, 6, 1))
        after = cut_now(doctors, NOVEMBER)
        assert earlier_of(after) == before
        made = reconcile(before, after)
        assert (made.agrees, made.faults, after.state) == (True, [], SliceState.CUT)
        line = next(each for each in made.figures if each["table"] == "doctors_registration")
    wanted = {"before": 4, "came_by_change": 2, "came_by_time": 0, "went_by_change": 1, "went_by_time": 1, "after": 4}
    assert {name: line[name] for name in wanted} == wanted


@pytest.mark.django_db
def test_slices_out_of_order_are_not_compared(staff: list[int], doctors: Register) -> None:
    with acting_as_system("test"):
        one, other = cut_now(doctors, OCTOBER), cut_now(doctors, NOVEMBER)
        with pytest.raises(NotComparable, match="不能晚于"):
            reconcile(other, one)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_touched_fails_the_slice_and_is_named(
    staff: list[int], doctors: Register, owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    with acting_as_system("test"):
        before = cut_now(doctors, OCTOBER)
    owner_connection.execute("alter table doctors_registration disable trigger user")
    owner_connection.execute("update doctors_registration set category = 'dental' where subject_id = %s", [staff[2]])
    owner_connection.execute("delete from doctors_registration where subject_id = %s", [staff[3]])
    owner_connection.execute("alter table doctors_registration enable trigger user")
    owner_connection.commit()
    with acting_as_system("test"):
        after = cut_now(doctors, NOVEMBER)
        made = reconcile(before, after)
        assert (made.agrees, after.state) == (False, SliceState.FAILED)
        assert [(each["subject"], each["what"]) for each in made.faults] == [
            (staff[2], "内容与前一切片不同，没有对应的变更"),
            (staff[3], "少了没有变更关闭的行"),
        ]
