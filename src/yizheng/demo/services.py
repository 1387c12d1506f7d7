"""Services of the demonstration city in several states: certificates made again, personal data, qualification data, the forces.

None of them changes what somebody may practise; whoever goes over to the forces leaves the civil register.
"""

from __future__ import annotations

from datetime import timedelta

from yizheng.demo.changes import Kind, Typed, here, practises
from yizheng.demo.houses import House
from yizheng.demo.making import Making
from yizheng.demo.persons import Person
from yizheng.licensing.states import CaseState

SERVED = (CaseState.RECEIVED, CaseState.DECIDING, CaseState.GRANTED)
"""Accepted and decided, nobody confirms and nobody reviews."""
REVIEWED = (CaseState.RECEIVED, CaseState.REVIEWING, CaseState.GRANTED)


def _lost(making: Making, person: Person, house: House) -> Typed:
    lost = (making.today - timedelta(days=11)).isoformat()
    return {"reissue": {"ground": "lost", "lost_on": lost, "statement": "搬家时遗失，多方寻找未果。"}}


def _titled(making: Making, person: Person, house: House) -> Typed:
    obtained = (making.today - timedelta(days=70)).isoformat()
    kept = {"name": person.name, "sex": person.sex, "nationality": "156"}
    return {"person_change": {**kept, "job_title": "233", "title_on": obtained}}


def _current(person: Person) -> Typed:
    return {
        "current": {
            "level": person.level,
            "identity_number": person.identity_number,
            "qualification_number": person.qualification_number,
        }
    }


def _corrected(making: Making, person: Person, house: House) -> Typed:
    return {**_current(person), "correction": {"ground": "police", "name": f"{person.name}宁"}}


def _damaged(making: Making, person: Person, house: House) -> Typed:
    return {**_current(person), "reissue": {"ground": "damaged"}}


def _asked(making: Making, person: Person, house: House) -> Typed:
    return {**_current(person), "extract": {"purpose": "申请国外进修"}}


def _joins(making: Making, person: Person, house: House) -> Typed:
    joined = (making.today - timedelta(days=9)).isoformat()
    joining = {
        "way": "enlisted",
        "organ": "军队卫生部门（演示）",
        "joined_on": joined,
        "proof_number": f"卫军〔{making.today.year}〕{person.subject % 90 + 10}号",
        "returned": True,
    }
    return {"joining": joining}


KINDS = (
    Kind("doctor_certificate_reissue", practises("1"), here, _lost, states=SERVED),
    Kind("doctor_info_change", practises("1"), here, _titled, states=SERVED),
    Kind("qualification_correction", practises("1"), here, _corrected, states=REVIEWED),
    Kind("qualification_reissue", practises("1"), here, _damaged, states=SERVED),
    Kind("qualification_lookup", practises("1"), here, _asked, states=SERVED[2:]),
    Kind("local_to_military", practises("1"), here, _joins, states=SERVED),
)
