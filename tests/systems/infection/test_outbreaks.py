"""From an alarm that explains itself to the closing report, with the hours of each level; rules on both sides of their edges."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.infection.conftest import Ward, case
from yizheng.kernel.calendar import beijing_today
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.infection.models import Alarm, Outbreak, OutbreakFinding, OutbreakReport, Plan, Sheet
from yizheng.systems.infection.outbreaks import acting
from yizheng.systems.infection.outbreaks.clusters import Onset
from yizheng.systems.infection.outbreaks.ladder import hours_of, ladder
from yizheng.systems.infection.outbreaks.sentinels import is_sentinel
from yizheng.systems.infection.outbreaks.watching import watch
from yizheng.systems.infection.outbreaks.weighing import weighed
from yizheng.systems.infection.reporting.acting import NotNow
from yizheng.systems.infection.reporting.plans import open_month

TONIGHT = date(2026, 10, 20)


def onsets(*back: int, organism: str = "BAC-GN-021") -> list[Onset]:
    return [Onset(TONIGHT - timedelta(days=each), "ICU1", organism, f"P{place}") for place, each in enumerate(back)]


def rules(*back: int, known: tuple[str, ...] = (), organism: str = "BAC-GN-021") -> tuple[str, ...]:
    found = weighed(onsets(*back, organism=organism), known, TONIGHT)
    return found.rules if found else ()


def test_three_patients_in_seven_days_are_a_cluster_and_in_eight_they_are_none():
    assert rules(6, 3, 0) == ("A",)
    assert rules(7, 3, 0) == ()
    assert rules(3, 0) == ()


def test_a_patient_counts_once():
    twice = [*onsets(3, 0), Onset(TONIGHT, "ICU1", "BAC-GN-021", "P1")]
    assert weighed(twice, (), TONIGHT) is None


def test_a_day_above_the_threshold_is_a_signal_and_one_case_alone_is_none():
    assert rules(0, 0) == ("C2",)
    assert rules(0) == ()


def test_one_case_of_a_sentinel_is_an_alarm_and_of_some_only_at_their_site_or_among_newborns():
    assert rules(0, organism="FUN-005") == ("B",)

    def sentinel(organism: str, site: str = "", *, newborn: bool = False) -> bool:
        return is_sentinel(Onset(TONIGHT, "ICU1", organism, "P1", site, newborn))

    assert sentinel("VIR-002")
    assert sentinel("MYC-002", "G02")
    assert not sentinel("MYC-002", "A02")
    assert sentinel("VIR-004", newborn=True)
    assert not sentinel("VIR-004")


def test_a_statistical_signal_is_of_the_last_fourteen_days_and_rule_a_of_any_day():
    assert rules(13, 13, 13) == ("A", "C2", "scan")
    assert rules(14, 14, 14) == ("A",)
    assert rules(14, 14) == ()


def test_three_patients_are_a_cluster_whatever_came_after_them():
    assert rules(11, 10, 9, 1) == ("A",)
    assert rules(26, 24, 22) == ("A",)


def test_judged_patients_raise_no_alarm_again_and_one_typed_late_does():
    cluster = onsets(6, 3, 1)
    assert weighed(cluster, (), TONIGHT, ("P0", "P1", "P2")) is None
    late = [*cluster, Onset(TONIGHT - timedelta(days=5), "ICU1", "BAC-GN-021", "P9")]
    found = weighed(late, (), TONIGHT, ("P0", "P1", "P2"))
    assert found is not None
    assert found.explained["who"] == ["P0", "P1", "P2", "P9"]


def test_patients_of_a_reported_outbreak_stay_out_of_the_baseline_and_are_told():
    found = weighed(onsets(6, 3, 1, 0, 0), ("P0", "P1"), TONIGHT)
    assert found is not None
    assert found.explained["excluded"] == 2
    assert found.explained["counts"] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 2]


@pytest.fixture
def alarm(ward: Ward) -> Alarm:
    today = beijing_today()
    with acting_as_system("test"):
        for number, back in enumerate((4, 2, 1)):
            began = today - timedelta(days=back)
            open_month(ward.hospital, Plan.objects.filter(record="case"), began.replace(day=1))
            sheet = Sheet.objects.get(record="case", period=began.replace(day=1))
            sheet.rows = [*sheet.rows, case(number, began.isoformat())]
            sheet.save()
        assert (watch(today), watch(today)) == (1, 0)
        return Alarm.objects.select_related("unit").get()


pytestmark = pytest.mark.django_db


def test_an_alarm_shows_its_arithmetic_and_its_patients_to_the_hospital_alone(ward: Ward, alarm: Alarm, client):
    address = f"/infection/alarms/{alarm.pk}/"
    own = sign_in(client, ward.nurse).get(address).content.decode()
    assert "规则 A" in own
    assert "阈值" in own
    assert "ZY00000" in own
    outside = sign_in(client, ward.district).get(address).content.decode()
    assert "规则 A" in outside
    assert "ZY00000" not in outside


def test_an_alarm_is_judged_once_with_a_reason_by_its_hospital(ward: Ward, alarm: Alarm):
    with acting_as(ward.district), pytest.raises(NotNow):
        acting.dismiss(alarm, ward.district, "不是")
    with acting_as(ward.nurse):
        with pytest.raises(NotNow, match="写明"):
            acting.dismiss(alarm, ward.nurse, " ")
        acting.dismiss(alarm, ward.nurse, "标本污染，复查阴性")
        with pytest.raises(NotNow, match="已有人核实"):
            acting.verify(alarm, ward.nurse, "是聚集")
        assert not Outbreak.objects.exists()
    with acting_as_system("test"):
        assert watch(beijing_today()) == 0


def found(cases: int, state: str = "suspected", **more: object) -> acting.Found:
    values = {
        "exposed": 20,
        "deaths": 0,
        "harmed": 0,
        "special": False,
        "impact": False,
        "summary": "隔离患者，环境采样",
        **more,
    }
    return acting.Found(state, cases, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "cases", "special", "hours"),
    [
        ("suspected", 4, False, (None, None, None)),
        ("suspected", 5, False, (12, 24, None)),
        ("confirmed", 2, False, (None, None, None)),
        ("confirmed", 3, False, (12, 24, None)),
        ("confirmed", 4, False, (12, 24, None)),
        ("confirmed", 5, False, (12, 24, 24)),
        ("confirmed", 9, False, (12, 24, 24)),
        ("confirmed", 10, False, (2, 2, 2)),
        ("suspected", 3, True, (2, 2, 2)),
    ],
)
def test_the_hours_follow_from_the_conclusion_and_the_number(
    state: str, cases: int, special: bool, hours: tuple[int | None, ...]
):
    assert hours_of(Outbreak(state=state, cases=cases, special=special)) == hours


def test_an_outbreak_goes_up_the_ladder_with_its_hours_kept(ward: Ward, alarm: Alarm, client):
    with acting_as(ward.nurse):
        event = acting.verify(alarm, ward.nurse, "三名患者同病区、同型")
        with pytest.raises(NotNow, match="死亡"):
            acting.investigate(event, ward.nurse, found(3, "confirmed", deaths=4))
        acting.investigate(event, ward.nurse, found(3, "confirmed"))
    address = f"/infection/outbreaks/{event.pk}/"
    sign_in(client, ward.approver)
    assert "医院至区" in client.get(address).content.decode()
    assert client.post(f"{address}report/", {"kind": "closing", "text": "结案"}).status_code == 422
    assert client.post(f"{address}report/", {"kind": "first", "text": "ICU 三例"}).status_code == 302
    report = {"report": first_of(event)}
    sign_in(client, ward.city)
    assert client.post(f"{address}receive/", {**report, "moment": acting.BY_CITY}).status_code == 422
    for officer, moment in ((ward.district, acting.BY_DISTRICT), (ward.city, acting.BY_CITY)):
        sign_in(client, officer)
        assert client.post(f"{address}receive/", {**report, "moment": moment}).status_code == 302
        assert client.post(f"{address}receive/", {**report, "moment": moment}).status_code == 422
    with acting_as(ward.approver):
        event.refresh_from_db()
        steps = ladder(list(event.findings.all()), list(event.reports.all()))
        assert [each.words for each in steps] == ["及时", "及时"]
        acting.report(event, ward.approver, "progress", "无新发")
        with pytest.raises(NotNow, match="已经报出"):
            acting.report(event, ward.approver, "progress", " 无新发 ")
        acting.report(event, ward.approver, "closing", "末例后两周无新发，结案")
        event.refresh_from_db()
        assert event.state == Outbreak.State.OVER
        with pytest.raises(NotNow):
            acting.report(event, ward.approver, "progress", "又有一例")


def first_of(event: Outbreak) -> int:
    with acting_as_system("test"):
        return OutbreakReport.objects.get(outbreak=event).pk


STARTED = datetime(2026, 10, 20, 8, tzinfo=timezone.get_fixed_timezone(480))


def found_at(hours: float, state: str, cases: int, **more: object) -> OutbreakFinding:
    values = {"deaths": 0, "harmed": 0, "special": False, "impact": False, **more}
    return OutbreakFinding(at=STARTED + timedelta(hours=hours), state=state, cases=cases, **values)


def sent_at(hours: float, *received: float | None) -> OutbreakReport:
    moments = [None if each is None else STARTED + timedelta(hours=each) for each in (*received, None, None, None)]
    return OutbreakReport(
        at=STARTED + timedelta(hours=hours), received_by_district=moments[0], received_by_city=moments[1],
        sent_to_nation=moments[2],
    )  # fmt: skip


def test_the_hours_run_from_the_finding_that_asks_for_a_report_and_not_from_an_earlier_one():
    few, five = found_at(0, "suspected", 3), found_at(48, "suspected", 5)
    assert ladder([few], []) == []
    (first, second) = ladder([few, five], [])
    assert (first.due, second.due) == (STARTED + timedelta(hours=60), None)


@pytest.mark.parametrize(("sent", "words"), [(11.99, "及时"), (12, "及时"), (12.01, "迟报")])
def test_a_report_is_in_time_up_to_its_hour(sent: float, words: str):
    assert ladder([found_at(0, "confirmed", 3)], [sent_at(sent)])[0].words == words


def test_more_cases_ask_for_a_new_report_and_leave_the_word_on_the_former_one():
    findings = [found_at(0, "confirmed", 3), found_at(20, "confirmed", 10)]
    steps = ladder(findings, [sent_at(11, 12, 13), sent_at(23)])
    assert [(each.level, each.hours, each.words) for each in steps] == [
        ("医院至区", 12, "及时"), ("区至市", 24, "及时"),
        ("医院至区", 2, "迟报"), ("区至市", 2, "上一级接收后起计"), ("市至国家", 2, "上一级接收后起计"),
    ]  # fmt: skip


def test_within_two_hours_the_district_tells_city_and_nation_at_the_same_time():
    (_, up, nation) = ladder([found_at(0, "confirmed", 10)], [sent_at(1, 1.5)])
    assert (up.due, nation.due) == (STARTED + timedelta(hours=3.5),) * 2
    (_, _, slower) = ladder([found_at(0, "confirmed", 5)], [sent_at(1, 1.5)])
    assert slower.due is None, "within a day the nation is told after the city has checked"


@pytest.mark.parametrize("end", ["ruled_out", "over"])
def test_a_late_report_stays_late_when_the_event_is_over(end: str):
    findings = [found_at(0, "confirmed", 3), found_at(40, end, 3)]
    assert [each.words for each in ladder(findings, [sent_at(13), sent_at(40)])][:1] == ["迟报"]


def test_a_grave_impact_asks_for_two_hours_whatever_the_number():
    assert hours_of(found_at(0, "suspected", 1, impact=True)) == (2, 2, 2)
    assert hours_of(found_at(0, "suspected", 1)) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (found(2, "confirmed"), "不少于 3 例"),
        (found(3, "confirmed"), ""),
        (found(0, "suspected", special=True), "不少于 3 例"),
        (found(1, "suspected", special=True), ""),
        (found(3, "confirmed", harmed=4), "不多于病例"),
        (found(3, "confirmed", harmed=3, deaths=3), ""),
        (found(3, "confirmed", exposed=2), "暴露"),
        (found(3, "confirmed", exposed=3), ""),
        (found(3, "over"), "结论"),
    ],
)
def test_a_finding_that_makes_no_sense_is_refused(said: acting.Found, problem: str):
    assert problem in said.problem()
    assert bool(said.problem()) == bool(problem)


def test_a_reported_event_is_not_taken_back_and_the_nation_is_told_last(ward: Ward, alarm: Alarm, client):
    with acting_as(ward.nurse):
        event = acting.verify(alarm, ward.nurse, "三名患者同病区、同型")
    address = f"/infection/outbreaks/{event.pk}/"
    form = {"state": "confirmed", "cases": "５", "exposed": "", "deaths": "0", "harmed": "0", "summary": "隔离"}
    sign_in(client, ward.nurse)
    for wrong in ({"cases": ""}, {"cases": "abc"}, {"cases": "100000"}, {"deaths": "-1"}):
        again = client.post(f"{address}investigate/", {**form, **wrong, "summary": "隔离和采样"})
        assert (again.status_code, "隔离和采样" in again.content.decode()) == (422, True)
    assert client.post(f"{address}investigate/", form).status_code == 302
    sign_in(client, ward.approver)
    client.post(f"{address}report/", {"kind": "first", "text": "五例"})
    sign_in(client, ward.nurse)
    assert "不能退回" in client.post(f"{address}investigate/", {**form, "state": "watched"}).content.decode()
    for officer, moment in zip((ward.district, ward.city, ward.city), acting.MOMENTS, strict=True):
        sign_in(client, officer)
        said = {"report": first_of(event), "moment": moment}
        assert client.post(f"{address}receive/", said).status_code == 302
    with acting_as(ward.city):
        steps = ladder(list(event.findings.all()), list(event.reports.all()))
    assert [(each.level, each.words) for each in steps] == [
        ("医院至区", "及时"), ("区至市", "及时"), ("市至国家", "及时"),
    ]  # fmt: skip
    assert client.post(f"{address}receive/", said).status_code == 422


def test_a_month_beyond_the_calendar_is_the_usual_month(ward: Ward, client):
    sign_in(client, ward.nurse)
    for month in ("9999-12", "0001-01", "2000-12"):
        assert client.get(f"/infection/?month={month}").status_code == 200
        assert client.get(f"/infection/missing/?month={month}").status_code == 200
