"""From an alarm that explains itself to the closing report, with the hours of each level; rules on both sides of their edges."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.infection.conftest import Ward, case
from yizheng.kernel.calendar import beijing_today
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.infection.models import Alarm, Outbreak, OutbreakFinding, OutbreakReport, Plan, Sheet
from yizheng.systems.infection.outbreaks import acting
from yizheng.systems.infection.outbreaks.clusters import Onset
from yizheng.systems.infection.outbreaks.hours import clock, hours_of
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

    def sentinel(organism: str, **more: Any) -> bool:
        return is_sentinel(Onset(TONIGHT, "ICU1", organism, "P1", **more))

    assert sentinel("VIR-002")
    assert sentinel("MYC-002", site="G02")
    assert not sentinel("MYC-002", site="A02")
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
    values = {"exposed": 20, "deaths": 0, "harmed": 0, "special": False, "summary": "隔离患者，环境采样", **more}
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
        ("watched", 12, False, (None, None, None)),
    ],
)
def test_the_hours_follow_from_the_conclusion_and_the_number(
    state: str, cases: int, special: bool, hours: tuple[int | None, ...]
):
    assert hours_of(Outbreak(state=state, cases=cases, special=special)) == hours
    assert hours_of(Outbreak(state=state, cases=cases, major=True)) == ((2, 2, 2) if state != "watched" else hours)


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
    assert client.post(f"{address}receive/", report).status_code == 422
    for officer in (ward.district, ward.city):
        sign_in(client, officer)
        assert client.post(f"{address}receive/", report).status_code == 302
    with acting_as(ward.approver):
        event.refresh_from_db()
        steps = clock(list(event.findings.all()), list(event.reports.all()))
        assert [each.words for each in steps] == ["及时", "及时"]
        with pytest.raises(NotNow, match="不能改回"):
            acting.investigate(event, ward.nurse, found(3, "watched"))
        acting.report(event, ward.approver, "closing", "末例后两周无新发，结案")
        event.refresh_from_db()
        assert event.state == Outbreak.State.OVER
        assert [each.words for each in clock(list(event.findings.all()), list(event.reports.all()))] == ["及时", "及时"]
        with pytest.raises(NotNow):
            acting.report(event, ward.approver, "progress", "又有一例")


BEGAN = timezone.now() - timedelta(hours=30)


def finding(hours: float, cases: int, state: str = "suspected") -> OutbreakFinding:
    said = {"deaths": 0, "harmed": 0, "special": False, "major": False}
    return OutbreakFinding(state=state, cases=cases, at=BEGAN + timedelta(hours=hours), **said)


def sent(hours: float, *received: float) -> OutbreakReport:
    names = ("received_by_district", "received_by_city", "sent_to_nation")
    at = {name: BEGAN + timedelta(hours=each) for name, each in zip(names, received, strict=False)}
    return OutbreakReport(kind="first", at=BEGAN + timedelta(hours=hours), **at)


def told(findings: list[OutbreakFinding], reports: list[OutbreakReport]) -> list[tuple[str, int, str]]:
    return [(each.level, each.hours, each.words) for each in clock(findings, reports)]


def test_each_situation_has_its_own_moment():
    growing = [finding(0, 3), finding(20, 5)]
    assert told(growing[:1], []) == []
    assert clock(growing, [])[0].due == BEGAN + timedelta(hours=32)
    assert told(growing, [sent(32)])[0] == ("医院至区", 12, "及时")
    assert told(growing, [sent(32.01)])[0] == ("医院至区", 12, "迟报")


def test_a_report_in_time_stays_in_time_when_the_event_grows():
    grown = [finding(0, 3, "confirmed"), finding(20, 10, "confirmed")]
    steps = told(grown, [sent(11, 12, 13), sent(23, 24, 25, 26)])
    assert steps == [
        ("医院至区", 12, "及时"), ("区至市", 24, "及时"), ("医院至区", 2, "迟报"), ("区至市", 2, "及时"), ("市至国家", 2, "及时"),
    ]  # fmt: skip


def test_what_was_late_stays_late_after_the_event_is_ruled_out():
    assert told([finding(0, 5), finding(40, 5, "ruled_out")], [sent(13)])[0] == ("医院至区", 12, "迟报")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"cases": "", "state": "suspected"}, "请填写累计病例"), ({"cases": "abc"}, "不是人数"), ({"cases": "2"}, "须 3 例以上"),
        ({"cases": "3", "harmed": "4"}, "不多于病例"), ({"cases": "3", "exposed": "2"}, "暴露不少于病例"), ({"cases": "３"}, ""),
        ({"cases": "1", "special": "1"}, ""),
    ],
)  # fmt: skip
def test_what_was_typed_of_an_event_is_no_number_by_accident(
    ward: Ward, alarm: Alarm, client, more: dict[str, str], words: str
):
    with acting_as(ward.nurse):
        event = acting.verify(alarm, ward.nurse, "三名患者同病区、同型")
    typed = {"state": "confirmed", "exposed": "", "deaths": "", "harmed": "", "summary": "隔离患者", **more}
    answer = sign_in(client, ward.nurse).post(f"/infection/outbreaks/{event.pk}/investigate/", typed)
    assert answer.status_code == (422 if words else 302)
    assert words in answer.content.decode()


def test_a_month_beyond_the_calendar_is_the_usual_month(ward: Ward, client):
    sign_in(client, ward.nurse)
    for month in ("9999-12", "0001-01", "2000-12"):
        assert client.get(f"/infection/?month={month}").status_code == 200
        assert client.get(f"/infection/missing/?month={month}").status_code == 200


def first_of(event: Outbreak) -> int:
    with acting_as_system("test"):
        return OutbreakReport.objects.get(outbreak=event).pk
