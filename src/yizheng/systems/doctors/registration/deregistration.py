"""注销执业注册: which reasons end a doctor's registration, by whom, on what proof.

医师法 第十七条; 医师执业注册管理办法 第十八条、第十九条. An institution reports within thirty days of
knowing. Periods that must have run are counted as everywhere; duties to report are acts to be performed, so a day off moves
their last day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import Article, physicians_law, registration_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.rules import values
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.clocks.numbers import INTERRUPTED_YEARS, MISSED_CYCLES
from yizheng.systems.doctors.conduct.assessing import cycle_of, end_of_cycles
from yizheng.systems.doctors.item import RegisteredItem
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.doctors.reading.held import Held, left_since
from yizheng.systems.practitioners import deregistration
from yizheng.systems.practitioners.deregistration import INSTITUTION, STEP, applied, decided, heard

REASONS = "doctor_deregistration_reason"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(deregistration.Party):
    """The doctor whose registration is to end, with the days from which her reasons count."""

    reasons = REASONS

    left_on: date | None = None
    """The day of the leave filing while it stands; nothing otherwise."""
    served_on: date | None = None
    known_on: date | None = None
    report_by: date | None = None
    """The last day for an institution to report what it knows."""
    interrupted_years: int = 2
    second_cycle_ends: date | None = None
    """The last day of the last cycle that may be missed, counted from the first whole one without an assessment."""
    suspended_until: date | None = None
    """The last day of the order to stop that runs."""
    periods: Periods = field(default_factory=Periods)


has_registration = deregistration.has_registration("D-D00", physicians_law(17))
reason_fits_initiator = deregistration.reason_fits_initiator("D-D20", registration_rules(18))
has_happened = deregistration.has_happened("D-D21", physicians_law(17))
rests_on_a_document = deregistration.rests_on_a_document("D-D23", physicians_law(17))


@check("D-D22", physicians_law(17), registration_rules(18), title="在期限内报告")
def reported_in_time(party: Party, on: date) -> Iterator[Finding]:
    """An institution reports within so many days of knowing, thirty by law; a late report is still one."""
    if party.initiator != INSTITUTION:
        return
    if party.known_on is None:
        yield refuse("ground.known_on", "请填写机构知悉的日期")
    elif party.report_by is not None and on > party.report_by:
        yield advise(
            "ground.known_on",
            f"应自知悉之日起{party.periods.report_days}日内（{long_date(party.report_by)}前）报告，现已超过",
        )


@check("D-D24", physicians_law(16, item=2), title="写明刑罚执行完毕日期")
def sentence_has_an_end(party: Party, on: date) -> Iterator[Finding]:
    """The two years run from the end of the sentence; one for life, or not yet fixed, ends the registration as well."""
    if party.cause == "D03" and party.served_on is None:
        sentence = (
            "没有填写刑罚执行完毕（刑期、考验期届满）日期：不予注册情形将没有截止日，无期徒刑等确无届满日期的才不填"
        )
        yield advise("ground.served_on", sentence)


@check("D-D25", physicians_law(42), physicians_law(57), title="暂停执业期间不因本人申请注销")
def not_during_a_suspension(party: Party, on: date) -> Iterator[Finding]:
    """Nobody gives up a registration to be registered again without the suspension."""
    if party.cause == "D11" and party.suspended_until is not None:
        until = long_date(party.suspended_until)
        yield refuse("ground.cause", f"暂停执业到{until}止，期满前不能申请注销注册")


@check("D-D12", registration_rules(19), title="离岗备案满二年未继续执业")
def left_for_two_years(party: Party, on: date) -> Iterator[Finding]:
    """The leave filing has stood for two full years without a new registration."""
    if not party.registered or party.cause != "D12":
        return
    if party.left_on is None:
        yield refuse("", "当事人没有处于离岗备案状态，不能以此注销")
        return
    last = party.periods.last_day(party.left_on, party.periods.leave_years)
    if on <= last:
        yield refuse("", f"离岗备案到{long_date(last)}才满二年，此前不能注销")


@check("D-D07", physicians_law(17, item=5), title="中止执业满二年")
def interrupted_for_two_years(party: Party, on: date) -> Iterator[Finding]:
    """Two full years have run since the last day of practice."""
    if party.cause != "D07":
        return
    if party.event_on is None:
        yield refuse("ground.event_on", "须写明最后执业的日期")
        return
    last = party.periods.last_day(party.event_on, party.interrupted_years)
    if on <= last:
        yield refuse("ground.event_on", f"中止执业到{long_date(last)}才满二年，此前不能注销")


@check("D-D06", registration_rules(18), title="连续两个考核周期未参加")
def missed_two_cycles(party: Party, on: date) -> Iterator[Finding]:
    """Two whole cycles have gone by since the last assessment in which the doctor took part."""
    last = party.second_cycle_ends
    if party.cause == "D06" and last is not None and on <= last:
        yield refuse("", f"连续两个考核周期到{long_date(last)}才届满，此前不能注销")


class DeregistrationStep(deregistration.AppliedStep):
    """The reason as the doctor or the institution brings it."""

    rows = (("event_on", "known_on"),)

    cause = coded(REASONS, "注销原因", only=applied)
    event_on = day("事由发生日期", hint="中止执业的填最后执业的日期；本人申请的填今天")
    known_on = day("机构知悉日期", required=False, hint="机构申报的填写；自这一天起三十日内报告")
    served_on = day("刑罚执行完毕日期", required=False, hint="受刑事处罚的填写；服刑、缓刑的填届满之日")


class DecidedStep(deregistration.DecidedStep):
    """The decision in force, the judgment or the death that the authority enters."""

    rows = (("event_on", "served_on"),)

    cause = coded(REASONS, "注销原因", only=decided)
    served_on = day("刑罚执行完毕日期", required=False, hint="二年自这一天起算；无期徒刑的不填")


class HeardStep(deregistration.HeardStep):
    """The ground on which the authority means to end a registration."""

    cause = coded(REASONS, "注销原因", only=heard)
    event_on = day("事由发生日期", required=False, hint="中止执业的填最后执业的日期")


class DoctorDeregistration(deregistration.Deregistration, RegisteredItem):
    """The end of a doctor's registration."""

    party = Party
    articles: ClassVar[tuple[Article, ...]] = (physicians_law(17), registration_rules(18), registration_rules(19))

    def particulars(self, held: Held, answers: Answers, on: date) -> dict[str, Any]:
        """Leave, the cycles without an assessment, the order to stop that runs, and the numbers of the rules."""
        numbers, known_on = values(on, "doctors."), answers.day(STEP, "known_on")
        numbers_of_rules = Periods.among(numbers)
        to_report = natural_days(numbers_of_rules.report_days)
        unassessed = unassessed_since(held, on)
        return {
            "left_on": min(filter(None, map(left_since, held.standing)), default=None),
            "report_by": None if known_on is None else working_calendar().due(known_on, to_report).last,
            "second_cycle_ends": unassessed and end_of_cycles(unassessed, numbers[MISSED_CYCLES.code]),
            "suspended_until": held.suspended_until,
            "interrupted_years": numbers[INTERRUPTED_YEARS.code],
            "periods": numbers_of_rules,
        }


def unassessed_since(held: Held, on: date) -> date | None:
    """The first day of the first whole cycle, after registration, that follows the last one she took part in."""
    if held.main is None:
        return None
    with acting_as_system("核对定期考核"):
        known = PeriodicAssessment.objects.as_of(on).filter(subject_id=held.main.subject_id, attended=True)
        ends = [each.cycle_to or cycle_of(each.happened_on).ends for each in known]
    since = max([held.main.issued_on, held.main.first_practised_on, *(end + ONE_DAY for end in ends)])
    cycle = cycle_of(since)
    return since if since == cycle.begins else cycle.ends + ONE_DAY


@declare
class DeregistrationOnApplication(deregistration.OnApplication, DoctorDeregistration):
    """医师注销执业注册."""

    code, title = "doctor_deregistration", "医师注销执业注册"
    articles = (physicians_law(17), registration_rules(18))
    steps = (DeregistrationStep,)
    materials = deregistration.proofs(
        ("D01", "死亡证明", "死亡医学证明或者公安机关的证明"),
        ("D02", "宣告失踪判决", "人民法院的判决书"),
        ("D03", "刑事判决书", "生效的刑事判决书"),
        ("D04", "处罚决定书", "吊销医师执业证书的决定"),
        ("D05", "再次考核结果", "考核机构出具"),
        ("D06", "未参加考核的说明", "写明未参加的两个考核周期"),
        ("D07", "中止执业的证明", "机构出具，写明最后执业的日期"),
        ("D08", "医学证明", "医疗机构出具，写明不适宜继续执业"),
        ("D09", "证据材料", "能够证明出借、出租、抵押、转让、涂改证书的材料"),
        ("D10", "作弊认定文书", "考试机构或者主管部门的认定"),
        ("D15", "证明材料", "写明所依据的法律、行政法规"),
        ("D11", "本人注销申请书", "本人签名"),
    )
    checks = (
        status_permits(code), kept_here, has_registration, reason_fits_initiator, has_happened,
        not_during_a_suspension, interrupted_for_two_years, missed_two_cycles, rests_on_a_document,
        sentence_has_an_end, reported_in_time,
    )  # fmt: skip


@declare
class ExOfficioDeregistration(deregistration.ExOfficio, DoctorDeregistration):
    """注销医师执业注册, after notice and hearing."""

    code, title = "doctor_ex_officio_deregistration", "注销医师执业注册"
    steps = (HeardStep,)
    checks = (
        status_permits(code), has_registration, reason_fits_initiator, has_happened, left_for_two_years,
        interrupted_for_two_years, missed_two_cycles,
    )  # fmt: skip


@declare
class DeregistrationOnRecord(deregistration.OnRecord, DoctorDeregistration):
    """据生效文书注销医师执业注册: death, judgment, revocation, annulment, failed assessment; nothing is left to be heard."""

    code, title, group = "doctor_deregistration_on_record", "据生效文书注销医师执业注册", "其他"
    steps = (DecidedStep,)
    checks = (
        status_permits(code), has_registration, reason_fits_initiator, has_happened, rests_on_a_document,
        sentence_has_an_end,
    )  # fmt: skip
