"""Filings of today, done with the real verbs: waiting for the institution, to be checked, checked, and struck off again."""

from __future__ import annotations

from datetime import timedelta

from yizheng.demo import papers, sign_ins
from yizheng.demo.making import Making
from yizheng.licensing import examining
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.people.scope import acting_as
from yizheng.systems.doctors.filings.filing import MultiInstitutionFiling


def submit(making: Making, number: int, username: str) -> Case | None:
    """A filing of today; its number says how far it came."""
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
    if number % 4:
        perform(case, "confirm", making.staff[sign_ins.HOSPITAL_ACCOUNT])
    if number % 4 == 1:
        perform(case, "check_off", making.staff["haidian-accept"])
    if number % 4 == 2:
        perform(case, "unfile", making.staff["haidian-accept"], reason="合作协议未经主要执业机构同意。")
    return case
