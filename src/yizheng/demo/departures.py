"""Leaving, filings that end or go on, and registrations that end: cases of today in several states, done with the real verbs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from yizheng.demo import papers, sign_ins
from yizheng.demo.houses import House
from yizheng.demo.making import Making
from yizheng.licensing import catalogue, examining
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft, open_for
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.models import Account
from yizheng.people.scope import acting_as

LEAVE = "doctor_leave_filing"
DEREGISTER = "doctor_deregistration"
Typed = dict[str, dict[str, Any]]


def begin(making: Making) -> int:
    """The cases at the hospital that has an account; returns how many were begun."""
    house = next(each for each in making.houses if each.name == sign_ins.HOSPITAL)
    operator = making.staff[sign_ins.HOSPITAL_ACCOUNT]
    staff = free(making, house)
    made = [*_leaves(making, house, operator, staff), *_ends(making, house, operator, staff)]
    made += [*_acts(making, house, staff), *_filings(making, house, operator)]
    return len(made)


def free(making: Making, house: House) -> Iterator[Candidate]:
    """Doctors of the hospital without an account and without another case, from the last name on."""
    today = making.today
    everybody = list(catalogue.item(LEAVE, today).staff(house.scope, today))
    known = {account.subject_id for account in making.staff.values()}
    for each in reversed(everybody):
        if (
            each.subject_id not in known
            and not Case.objects.all().filter(subject_id=each.subject_id).exists()
        ):
            yield each


def _leaves(making: Making, house: House, operator: Account, staff: Iterator[Candidate]) -> Iterator[Case]:
    """A draft, one to be checked, one checked, one taken back as an error."""
    day = (making.today - timedelta(days=6)).isoformat()
    typed = {"leave": {"cause": "L01", "left_on": day, "completed_on": day}}
    for number in range(4):
        doctor = next(staff, None)
        if doctor is None:
            return
        case = begun_for(making, house, operator, LEAVE, doctor, typed, submit=number > 0)
        if number == 2:
            perform(case, "check_off", making.staff["haidian-accept"])
        if number == 3:
            back = {"withdrawal": {"statement": "当事人系外出进修，没有离岗。"}}
            begun_for(making, house, operator, "doctor_leave_filing_cancel", doctor, back)
        yield case


def _ends(making: Making, house: House, operator: Account, staff: Iterator[Candidate]) -> Iterator[Case]:
    """Reported by the hospital: received, under review, decided."""
    day = (making.today - timedelta(days=4)).isoformat()
    steps = (("accept", "accept"), ("review", "pass_review"), ("decide", "grant"))
    for number, cause in enumerate(("D08", "D08", "D01")):
        doctor = next(staff, None)
        if doctor is None:
            return
        typed = {"ground": {"cause": cause, "event_on": day, "known_on": day}}
        case = begun_for(making, house, operator, DEREGISTER, doctor, typed)
        for desk, verb in steps[: number if number < 2 else 3]:
            perform(case, verb, making.staff[f"haidian-{desk}"], reason="材料属实，符合注销条件。")
        yield case


def _acts(making: Making, house: House, staff: Iterator[Candidate]) -> Iterator[Case]:
    """On documents in force: one waits for the second person, one is entered."""
    ground = {
        "cause": "D03",
        "event_on": (making.today - timedelta(days=20)).isoformat(),
        "authority_name": "海淀区人民法院",
        "document_number": "（示范）刑初字第 12 号",
        "served_on": (making.today + timedelta(days=700)).isoformat(),
    }
    for entered in (False, True):
        doctor = next(staff, None)
        if doctor is None:
            return
        case = propose(
            making.staff["haidian-review"],
            "doctor_deregistration_on_record",
            subject_id=doctor.subject_id,
            subject_name=doctor.name,
            authority_scope=house.authority_scope,
            evidence="刑事判决已生效。",
            answers={"ground": dict(ground)},
        )
        if entered:
            perform(case, "enact", making.staff["haidian-decide"], reason="判决书属实。")
        yield case


def _filings(making: Making, house: House, operator: Account) -> Iterator[Case]:
    """Filed doctors: one goes on and waits for the hospital, one ends it herself; the hospital ends a third."""
    codes: tuple[str, ...] = ("filing_extend", "doctor_multi_institution_filing_cancel")
    for username in sign_ins.FILERS:
        account, code = making.staff.get(username), next(iter(codes), "")
        if account is None or account.subject_id is None or not code:
            continue
        if catalogue.item(code, making.today).may_apply(account.subject_id, making.today):
            continue
        case = _own(making, account, code, house)
        if case is not None:
            codes = codes[1:]
            yield case
    yield from _rehired(making)


def _own(making: Making, account: Account, code: str, house: House) -> Case | None:
    until = (making.today + timedelta(days=700)).isoformat()
    field = "period_to" if code == "filing_extend" else "ends_on"
    day = until if code == "filing_extend" else making.today.isoformat()
    with acting_as(account):
        typed = {"filing": {"institution": house.name, field: day}}
        case = keep(open_draft(account, code), account, typed)
        _papers(making, case, house.name)
        if examining.examine(case, making.today).hindrance(weigh_advice=False):
            perform(case, "withdraw", account)
            return None
        perform(case, "submit", account)
    return case


def _rehired(making: Making) -> Iterator[Case]:
    """A doctor who retired and stays, waiting for her hospital."""
    account = making.staff.get("doctor-registered")
    if account is None or account.subject_id is None:
        return
    with acting_as(account):
        case = open_draft(account, "doctor_retired_rehire")
        here = case.answers.get("rehire", {}).get("institution", "")
        day = making.today.isoformat()
        typed = {"situation": "same", "institution": here, "retired_on": day, "rehired_from": day}
        case = keep(case, account, {"rehire": typed})
    yield case


def begun_for(
    making: Making,
    house: House,
    operator: Account,
    code: str,
    doctor: Candidate,
    typed: Typed,
    *,
    submit: bool = True,
) -> Case:
    """A case the hospital begins for one of its people, with its papers."""
    with acting_as(operator):
        case = open_for(operator, code, doctor.subject_id, doctor.name, house.scope)
        case = keep(case, operator, typed)
        _papers(making, case, house.name)
        if submit:
            perform(case, "submit", operator)
    return case


def _papers(making: Making, case: Case, signed: str) -> None:
    gathered = case.item.gather(case.answers, case.subject_id, making.today)
    for material in case.item.needed_materials(gathered, making.today):
        sentence = f"兹就{case.applicant_name}办理{case.item.title}一事出具本证明。"
        content = papers.proof(material.title, [sentence, "特此证明。"], signed, making.today)
        papers.hand_in(case, material.code, content, f"{material.title}.pdf")
