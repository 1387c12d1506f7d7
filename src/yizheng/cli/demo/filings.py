"""Filings of today and acts begun by the authority, done with the real verbs."""

from __future__ import annotations

from datetime import timedelta

from yizheng.cli.demo import papers, sign_ins
from yizheng.cli.demo.making import Making
from yizheng.cli.demo.persons import Person
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import examining
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as
from yizheng.systems.doctors.items import ExOfficioDeregistration, MultiInstitutionFiling

ACTS = 8


def submit(making: Making, username: str) -> Case | None:
    """A filing of today, submitted by the doctor and confirmed by the other institution."""
    account = making.staff.get(username)
    if account is None or account.subject_id is None:
        return None
    house = next(each for each in making.houses if each.name == sign_ins.HOSPITAL)
    typed = {
        "institution": house.name,
        "department": "内科",
        "period_from": making.today.isoformat(),
        "period_to": (making.today + timedelta(days=364)).isoformat(),
        "schedule": "每周三下午",
    }
    with acting_as(account):
        case = keep(open_draft(account, MultiInstitutionFiling.code), account, {"filing": typed})
        sentence = f"{account.display_name}每周三下午在我单位执业。"
        papers.hand_in(
            case, "agreement", papers.proof("合作协议", [sentence], house.name, making.today), "合作协议.pdf"
        )
        if examining.examine(case, making.today).hindrance(weigh_advice=False):
            return case
        perform(case, "submit", account)
    if int(username[-1]) % 4:
        perform(case, "confirm", making.staff[sign_ins.HOSPITAL_ACCOUNT])
    if int(username[-1]) % 4 == 1:
        perform(case, "check_off", making.staff["haidian-accept"])
    return case


def begin_acts(making: Making, people: list[Person]) -> int:
    """Deregistrations of who left over two years ago: proposed, told, heard, put to decision."""
    due = making.today - timedelta(days=760)
    left = [
        person
        for person in people
        if person.career.now and person.career.now.status == "LEFT" and person.career.now.since < due
    ]
    for number, person in enumerate(left[:ACTS]):
        _act(making, person, number)
    return len(left[:ACTS])


def _act(making: Making, person: Person, number: int) -> None:
    now = person.career.now
    assert now is not None
    house = next(each.house for each in reversed(person.career.segments) if each.house is not None)
    reviewer = making.desk(house, "review")
    facts = f"{person.name}自{long_date(now.since)}离岗备案，至今满二年未继续执业。"
    case = propose(
        reviewer,
        ExOfficioDeregistration.code,
        subject_id=person.subject,
        subject_name=person.name,
        authority_scope=house.authority_scope,
        evidence=facts,
        on=making.back(12),
    )
    if number % 4 == 0:
        return
    perform(case, "give_notice", reviewer, reason=facts, on=making.back(10))
    if number % 4 > 1:
        perform(case, "conclude", reviewer, reason="告知后五个工作日内未陈述、申辩。", on=making.back(2))
    if number % 4 > 2:
        perform(case, "enact", making.desk(house, "decide"), reason="事实清楚，依法注销。", on=making.today)
