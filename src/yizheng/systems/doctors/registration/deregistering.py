"""Ending a registration: its lines, what rests on it, its certificates, and the ground that keeps the doctor out afterwards.

医师法 第十七条. Deregistration, revocation, annulment and transfer to the forces stay apart: each reason names its own status.

The end of a registration (医师法 第十七条; 医师执业注册管理办法 第十八条、第十九条): which reasons, by whom, on what proof.

The reasons and what each entails stand in the code table ``doctor_deregistration_reason``. Periods that must have run are
counted as everywhere; duties to report are acts to be performed, so a day off moves their last day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.documents.models import Ending
from yizheng.kernel.calendar import natural_days
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code, name_of, table
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.rules import values
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import Concerned
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.clocks.numbers import INTERRUPTED_YEARS, MISSED_CYCLES
from yizheng.systems.doctors.conduct.assessing import cycle_of, end_of_cycles
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.reading.history import left_since
from yizheng.systems.practitioners.amending import end_registration, revoke_certificates
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.models import RegistrationBar

PERSON, INSTITUTION, AUTHORITY = "person", "institution", "authority"
BY = {PERSON: "本人", INSTITUTION: "机构", AUTHORITY: "登记机关"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Concerned):
    """The doctor whose registration is to end: how it stands, the reason, and what the reason rests on."""

    registered: bool
    left_on: date | None = None
    """The day of the leave filing while it stands; nothing otherwise."""
    reason: str = ""
    initiator: str = AUTHORITY
    event_on: date | None = None
    """The day of what happened: the death, the decision, the last day of practice."""
    authority_name: str = ""
    document_number: str = ""
    served_on: date | None = None
    known_on: date | None = None
    report_by: date | None = None
    """The last day for an institution to report what it knows."""
    interrupted_years: int = 2
    second_cycle_ends: date | None = None
    """The last day of the last cycle that may be missed, counted from the first whole one without an assessment."""
    suspended_until: date | None = None
    """The last day of the order to stop that runs."""

    @property
    def law(self) -> Code | None:
        """The row of the reason."""
        return table("doctor_deregistration_reason").get(self.reason)


@check("D-D00", physicians_law(17), title="有可以注销的注册")
def has_registration(party: Party, on: date) -> Iterator[Finding]:
    """Only what stands can be ended."""
    if not party.registered:
        yield refuse("", "当事人没有在册的注册，不需要注销")


@check("D-D20", registration_rules(18), title="注销原因由能够提出的一方提出")
def reason_fits_initiator(party: Party, on: date) -> Iterator[Finding]:
    """Each reason of the law is for the doctor, the institution or the authority to bring."""
    if party.law is None:
        yield refuse("ground.cause", "没有写明注销的原因")
    elif party.initiator not in party.law.many("initiators"):
        whose = "、".join(BY[each] for each in party.law.many("initiators") if each in BY)
        yield refuse("ground.cause", f"“{party.law.name}”由{whose}提出，不能由{BY[party.initiator]}提出")


@check("D-D21", physicians_law(17), title="事由已经发生")
def has_happened(party: Party, on: date) -> Iterator[Finding]:
    """Nothing is ended for what is still to come."""
    if party.event_on is not None and party.event_on > on:
        yield refuse("ground.event_on", "事由发生日期晚于今天，请核对")


@check("D-D22", registration_rules(18), title="三十日内报告")
def reported_in_time(party: Party, on: date) -> Iterator[Finding]:
    """An institution reports within thirty days of knowing; a late report is still one."""
    if party.initiator != INSTITUTION:
        return
    if party.known_on is None:
        yield refuse("ground.known_on", "请填写机构知悉的日期")
    elif party.report_by is not None and on > party.report_by:
        yield advise("ground.known_on", f"应自知悉之日起三十日内（{long_date(party.report_by)}前）报告，现已超过")


@check("D-D23", physicians_law(17), title="写明所依据的生效文书")
def rests_on_a_document(party: Party, on: date) -> Iterator[Finding]:
    """A judgment, a revocation, an annulment or a failed assessment is named with who decided it."""
    if party.reason not in ("D03", "D04", "D05", "D13"):
        return
    if not party.authority_name or not party.document_number:
        yield refuse(
            "ground.document_number", f"“{name_of('doctor_deregistration_reason', party.reason)}”须写明决定机关和文书号"
        )
    if party.event_on is None:
        yield refuse("ground.event_on", "须写明文书的日期，期限自这一天起算")


@check("D-D24", physicians_law(16, item=2), title="写明刑罚执行完毕日期")
def sentence_has_an_end(party: Party, on: date) -> Iterator[Finding]:
    """The two years run from the end of the sentence; one for life, or not yet fixed, ends the registration as well."""
    if party.reason == "D03" and party.served_on is None:
        sentence = (
            "没有填写刑罚执行完毕（刑期、考验期届满）日期：不予注册情形将没有截止日，无期徒刑等确无届满日期的才不填"
        )
        yield advise("ground.served_on", sentence)


@check("D-D25", physicians_law(42), physicians_law(57), title="暂停执业期间不因本人申请注销")
def not_during_a_suspension(party: Party, on: date) -> Iterator[Finding]:
    """Nobody gives up a registration to be registered again without the suspension."""
    if party.reason == "D11" and party.suspended_until is not None:
        until = long_date(party.suspended_until)
        yield refuse("ground.cause", f"暂停执业到{until}止，期满前不能申请注销注册")


@check("D-D12", registration_rules(19), title="离岗备案满二年未继续执业")
def left_for_two_years(party: Party, on: date) -> Iterator[Finding]:
    """The leave filing has stood for two full years without a new registration."""
    if not party.registered or party.reason != "D12":
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
    if party.reason != "D07":
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
    if party.reason == "D06" and last is not None and on <= last:
        yield refuse("", f"连续两个考核周期到{long_date(last)}才届满，此前不能注销")


STEP = "ground"
SENTENCE = "R02"
ONE_DAY = timedelta(days=1)
DAYS_TO_REPORT = natural_days(30)
ENDINGS = {"REVOKED": Ending.PENALTY, "ANNULLED": Ending.ANNULLED}
FROM_THE_DECISION = frozenset(ENDINGS)
"""Statuses that hold from the day of the decision that took the certificate, not from its entry."""


def party_from(answers: Answers, held: Held, subject_id: int, on: date, *, initiator: str, moved: bool) -> Party:
    """What the rules weigh; call it with sight of the person's own authority only, the rest is read as the system."""
    numbers = values(on, "doctors.")
    known_on = answers.day(STEP, "known_on")
    left = [since for since in map(left_since, held.standing) if since is not None]
    unassessed = unassessed_since(held, subject_id, on)
    return answers.stated(
        STEP,
        Party,
        register_status=held.status,
        moved=moved,
        registered=bool(held.standing),
        left_on=min(left, default=None),
        reason=answers.text(STEP, "cause"),
        initiator=initiator,
        report_by=None if known_on is None else working_calendar().due(known_on, DAYS_TO_REPORT).last,
        second_cycle_ends=unassessed and end_of_cycles(unassessed, numbers[MISSED_CYCLES.code]),
        suspended_until=held.suspended_until,
        interrupted_years=numbers[INTERRUPTED_YEARS.code],
        periods=Periods.among(numbers),
    )


def deregister(
    held: Held, change: ChangeInProgress, on: date, answers: Answers, *, authority_scope: int, office: str
) -> str:
    """End everything for the reason of the form, enter the ground that follows; says what was done. As the system."""
    reason = table("doctor_deregistration_reason")[answers.text(STEP, "cause")]
    event_on = answers.day(STEP, "event_on") or on
    status = reason.attributes["status"]
    since = event_on if status in FROM_THE_DECISION else on
    revoke_certificates(held.standing, change, since, ending=ENDINGS.get(status, Ending.CANCELLED))
    for registration in held.standing:
        end_dependents(registration.subject_id, change, since, because=reason.name)
        end_registration(registration, change, since, status=status, reason=reason.code)
    subject = held.standing[0].subject_id
    started = {"event": event_on, "ended": on}
    _bar(change, subject, reason, started, answers, authority_scope=authority_scope, office=office)
    return f"注销注册（{reason.name}），执业证书废止"


def _bar(
    change: ChangeInProgress, subject_id: int, reason: Code, started: dict[str, date], answers: Answers, **by: Any
) -> None:
    """The ground that follows from the reason, once, from the day it counts from."""
    ground = reason.attributes["bar"]
    if not ground:
        return
    since = started[reason.attributes["bar_from"]]
    if RegistrationBar.objects.current().filter(subject_id=subject_id, ground=ground, valid_from=since).exists():
        return
    enter_bar(
        change,
        subject_id,
        ground,
        since,
        authority_scope=by["authority_scope"],
        authority_name=answers.text(STEP, "authority_name") or by["office"],
        document_number=answers.text(STEP, "document_number"),
        until=answers.day(STEP, "served_on") if ground == SENTENCE else None,
    )


def unassessed_since(held: Held, subject_id: int, on: date) -> date | None:
    """The first day of the first whole cycle, after registration, that follows the last one she took part in."""
    if held.main is None:
        return None
    with acting_as_system("核对定期考核"):
        known = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, attended=True)
        ends = [each.cycle_to or cycle_of(each.happened_on).ends for each in known]
    since = max([held.main.issued_on, held.main.first_practised_on, *(end + ONE_DAY for end in ends)])
    cycle = cycle_of(since)
    return since if since == cycle.begins else cycle.ends + ONE_DAY
