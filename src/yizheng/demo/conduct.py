"""Assessments, conduct and penalties of the demonstration city: cases of today in several states, done with the real verbs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from yizheng.demo import sign_ins
from yizheng.demo.departures import begun_for, free
from yizheng.demo.houses import House
from yizheng.demo.making import Making
from yizheng.kernel.calendar import add_months
from yizheng.licensing import examining
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.models import Account
from yizheng.systems.doctors.conduct.assessing import cycle_of
from yizheng.systems.doctors.registered_item import OFFICE

Typed = dict[str, dict[str, Any]]


def begin(making: Making) -> int:
    """The cases at the hospital that has an account; returns how many were begun."""
    house = next(each for each in making.houses if each.name == sign_ins.HOSPITAL)
    operator = making.staff[sign_ins.HOSPITAL_ACCOUNT]
    staff = free(making, house)
    made = [*_assessed(making, house, operator, staff), *_recorded(making, house, operator, staff)]
    return len([*made, *_punished(making, house, staff)])


def _assessed(making: Making, house: House, operator: Account, staff: Iterator[Candidate]) -> Iterator[Case]:
    """A draft, one passed and checked, one failed that leads to a proposal."""
    results = ({"result": "pass"}, {"result": "pass"}, {"result": "fail", "score": "48", "failing": "A10"})
    for number, result in enumerate(results):
        doctor = next(staff, None)
        if doctor is None:
            return
        typed = {"assessment": {**_result(making, house), **result}}
        case = begun_for(making, house, operator, "doctor_periodic_assessment", doctor, typed)
        if number:
            _submitted(making, case, operator, check=number == 1)
        yield case


def _recorded(making: Making, house: House, operator: Account, staff: Iterator[Candidate]) -> Iterator[Case]:
    """Good conduct on record, one to be checked."""
    typed = {
        "conduct": {
            "kind": "good",
            "category": "G1",
            "happened_on": (making.today - timedelta(days=9)).isoformat(),
            "content": "获评区级优秀基层医师",
            "recorded_by": house.name,
        }
    }
    for check in (True, False):
        doctor = next(staff, None)
        if doctor is None:
            return
        case = begun_for(making, house, operator, "doctor_conduct_record", doctor, typed)
        _submitted(making, case, operator, check=check)
        yield case


def _punished(making: Making, house: House, staff: Iterator[Candidate]) -> Iterator[Case]:
    """A warning entered, a suspension entered, a fine that waits for the second person."""
    today = making.today
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "warning", "article": "physicians_law:55"},
        {
            "kind": "suspension",
            "article": "physicians_law:57",
            "suspended_from": today.isoformat(),
            "suspended_to": (add_months(today, 6) - timedelta(days=1)).isoformat(),
        },
        {"kind": "warning_fine", "article": "physicians_law:56", "amount": "12000"},
    )
    for number, kind in enumerate(kinds):
        doctor = next(staff, None)
        if doctor is None:
            return
        penalty = {
            "behaviour": "未按照规定履行告知义务",
            "authority_name": "北京市海淀区卫生健康委员会",
            "decided_by": "county",
            "document_number": f"（示范）海卫医罚〔{today.year}〕{number + 1:03d}号",
            "decided_on": today.isoformat(),
            "review_state": "none",
            **kind,
        }
        case = propose(
            making.staff["haidian-review"],
            "doctor_penalty_record",
            subject_id=doctor.subject_id,
            subject_name=doctor.name,
            authority_scope=house.authority_scope,
            evidence="见行政处罚决定书。",
            answers={OFFICE: {"scope": house.authority_scope}, "penalty": penalty},
        )
        if number < 2:
            perform(case, "enact", making.staff["haidian-decide"], reason="决定书属实。")
        yield case


def _result(making: Making, house: House) -> dict[str, Any]:
    today = making.today
    return {
        "cycle": cycle_of(today).code,
        "procedure": "general",
        "body": "own",
        "assessing_body": house.name,
        "attended": "yes",
        "opinion": "工作业绩、职业道德符合要求。",
        "opinion_on": (today - timedelta(days=60)).isoformat(),
        "tested_on": (today - timedelta(days=12)).isoformat(),
        "performance": "pass",
        "ethics": "pass",
        "score": "83",
        "result_on": today.isoformat(),
        "received_on": today.isoformat(),
    }


def _submitted(making: Making, case: Case, operator: Account, *, check: bool) -> None:
    if examining.examine(case, making.today).hindrance(weigh_advice=False):
        return
    perform(case, "submit", operator)
    if check:
        perform(case, "check_off", making.staff["haidian-accept"])
