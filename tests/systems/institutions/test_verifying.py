"""A verification: passed, deferred and passed again, failed; what the duplicate, the clock and the status say afterwards."""

from datetime import timedelta

import pytest

from tests.systems.institutions.registered import TODAY, drafted, found, turn
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Instrument, Status
from yizheng.kernel.calendar import add_months
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Proposal
from yizheng.licensing.states import CaseState
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.institutions.verifying.concluding import next_due

pytestmark = pytest.mark.django_db
SUMMARY = {"summary": {"work": "见附件", "compensation": "无", "violations": "无"}}
VISIT = {
    "visited_on": TODAY.isoformat(), "officer": "李知远", "second_officer": "王清和", "seen": "房屋、设备、人员与登记一致",
    "fits": "yes",
}  # fmt: skip


def passed(**more):
    return {"conclusion": {"conclusion": "pass", "points": "0", "opinion": "符合基本标准", **more}}


def deferred(months="3"):
    return {
        "visit": {**VISIT, "fits": "no"},
        "conclusion": {
            "conclusion": "defer", "ground": "below_standard", "months": months, "points": "4", "opinion": "护士配备不足",
        },
    }  # fmt: skip


def verification(walker, house, code="inst_check"):
    return drafted(walker, house, code, SUMMARY)


def in_its_window(house, days=30):
    turn(house, due_on=TODAY + timedelta(days=days))


def defer(walker, house):
    in_its_window(house)
    return walker.walk(verification(walker, house), records=deferred())


def rows_of_the_duplicate(house):
    with acting_as_system("test"):
        kind = "institution_licence_duplicate"
        made = Certificate.objects.all().get(subject_id=house.subject.pk, kind=kind, status=Status.VALID)
        tables = sealing.unseal(made)[0]["tables"]
    return next(each["rows"] for each in tables if each["title"] == "校验记录")


def test_a_pass_turns_the_clock_to_the_end_of_the_next_period_and_stands_on_the_duplicate(walker, house):
    in_its_window(house)
    done = walker.walk(verification(walker, house), records=passed())
    assert (done.state, done.get_state_display()) == (CaseState.CONCLUDED, "已作出结论")
    with acting_as_system("test"):
        held, due = house.held, TODAY + timedelta(days=30)
        assert (held.period.due_on, held.period.months) == (add_months(due, 12), 12)
        assert [each.conclusion for each in held.verifications] == ["pass"]
        assert Instrument.objects.all().filter(case_ref=f"case:{done.pk}", kind="conclusion").count() == 1
    assert rows_of_the_duplicate(house) == [[f"{add_months(due, -12)} 至 {due}", "校验合格", str(TODAY)]]


def test_a_conclusion_comes_within_thirty_days_of_the_acceptance(walker, house):
    in_its_window(house)
    case = walker.walk(verification(walker, house), CaseState.REVIEWING)
    with acting_as(house.operator):
        read = timekeeping.read(case, case.item)
    calendar = working_calendar()
    assert read.due_on == calendar.next_working_day(TODAY + timedelta(days=30), inclusive=True)
    assert "30 日" in read.sentence


def test_without_a_recorded_conclusion_the_review_does_not_end(walker, house):
    in_its_window(house)
    with pytest.raises(NotPossibleError, match="还没有记录校验结论"):
        walker.walk(verification(walker, house))


def test_two_officers_are_two_persons(walker, house):
    in_its_window(house)
    alone = {"visit": {**VISIT, "second_officer": VISIT["officer"]}}
    with pytest.raises(NotPossibleError, match="两名以上"):
        walker.walk(verification(walker, house), records=alone)


def test_a_deferral_bars_practice_until_its_end_and_five_days_are_left_to_apply_again(walker, house):
    done = defer(walker, house)
    assert done.summary.startswith("暂缓校验（不符合医疗机构基本标准），暂缓期 3 个月")
    with acting_as_system("test"):
        held = house.held
        ends = add_months(TODAY, 3)
        assert (held.licence.status, held.period.deferred_to) == ("check_suspended", ends)
        assert held.period.again_by >= ends + timedelta(days=5)
        assert held.verifications[-1].deferral_months == 3
    assert "I-V-AGAIN" in found(house, verification(walker, house, "inst_check_again"))


def after_the_deferral(house):
    turn(house, deferred_to=TODAY - timedelta(days=1), again_by=TODAY + timedelta(days=4))


def test_who_passes_after_a_deferral_practises_on_and_is_verified_in_a_year(walker, house):
    defer(walker, house)
    after_the_deferral(house)
    walker.walk(verification(walker, house, "inst_check_again"), records={"visit": VISIT, **passed()})
    with acting_as_system("test"):
        held = house.held
        assert (held.licence.status, held.period.months, held.period.deferred_to) == ("active", 12, None)
        assert held.period.due_on == add_months(TODAY + timedelta(days=30), 12)


def test_who_fails_again_is_put_to_the_clerk_to_be_deregistered(walker, house):
    defer(walker, house)
    after_the_deferral(house)
    failed = {"conclusion": "fail", "ground": "below_standard", "points": "4", "opinion": "没有整改"}
    case = verification(walker, house, "inst_check_again")
    walker.walk(case, records={"visit": {**VISIT, "fits": "no"}, "conclusion": failed})
    with acting_as_system("test"):
        assert house.held.licence.status == "check_suspended"
        proposal = Proposal.objects.get(consequence="institutions.verification_failed")
        assert proposal.subject_id == house.subject.pk


def test_after_periods_that_went_by_the_next_end_lies_ahead():
    due = add_months(TODAY, -26)
    assert next_due(due, 12, TODAY) == add_months(due, 36)
    assert next_due(TODAY, 12, TODAY) == add_months(TODAY, 12)
