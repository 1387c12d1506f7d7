"""The cases of the city by which institutions are founded and change themselves.

Founders are people who are in no register: they set up a hospital, register an outpatient department, and wait.
"""

from datetime import date, timedelta
from typing import Any

from yizheng.demo import sign_ins
from yizheng.demo.data_files import tables
from yizheng.demo.making import Making
from yizheng.kernel.identifiers import make_organisation_code, make_resident_id, make_uscc
from yizheng.licensing.item import Candidate
from yizheng.licensing.states import CaseState
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.models import EstablishmentApproval

FOUNDERS = ("founder-01", "founder-02")
"""The accounts of those who found institutions."""
_DATA = tables("founding.toml")


def file(making: Making) -> None:
    """The cases: a setting approved and one applied for, registrations on their way, changes of the hospital."""
    first, second = _founders()
    for account in (first, second):
        making.enter(account)
    walker = making.walker
    walker.walk(walker.draft(first, "inst_setup_approve", _typed("hospital")))
    with acting_as_system("演示城市：已批准的设置"):
        number = EstablishmentApproval.objects.current().values_list("number", flat=True).get()
    named = {**_typed("hospital", approval={"number": number}), **_registering()}
    del named["investment"]
    walker.walk(walker.draft(first, "inst_register", named), CaseState.RECEIVED)
    department = {**_typed("department", approval={"number": ""}), **_registering()}
    walker.walk(walker.draft(second, "inst_register", department), CaseState.DECIDING)
    walker.walk(walker.draft(second, "inst_setup_approve", _typed("emergency")), CaseState.REVIEWING)
    _changes(making)


def _changes(making: Making) -> None:
    """The hospital whose account is printed: a change on its way, one begun, and the licence lost by another."""
    walker, hospital = making.walker, making.hospital
    operator = making.operator(hospital)
    itself = Candidate(hospital.subject, hospital.name)
    promise: dict[str, dict[str, Any]] = {"declaration": _DATA["declaration"]}
    capital: dict[str, dict[str, Any]] = {
        "kinds": {"kinds": ["reg_capital"], "grounds": "增加投入"},
        "capital": {"capital": "900"},
    }
    walker.walk(
        walker.draft(operator, "inst_change", {**capital, **promise}, person=itself, institution=hospital.scope),
        CaseState.REVIEWING,
    )
    lost_on = (making.today - timedelta(days=9)).isoformat()
    lost: dict[str, dict[str, Any]] = {"reissue": {"ground": "lost", "lost_on": lost_on, "declared_at": "北京示范日报"}}
    walker.walk(
        walker.draft(operator, "inst_reissue", {**lost, **promise}, person=itself, institution=hospital.scope),
        CaseState.RECEIVED,
    )


def _typed(name: str, **more: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """An application of the data file, its code made right."""
    uscc = make_uscc("91", "110108", make_organisation_code(_DATA["code"]))
    said = _DATA[name]
    return {**said, **more, "founder": {**_DATA["founder"], "uscc": uscc}, "declaration": _DATA["declaration"]}


def _registering() -> dict[str, dict[str, Any]]:
    """Who answers for it, and what it practises with."""
    said = _DATA["registering"]
    known = {
        "legal_number": make_resident_id("110108", date(1972, 4, 5), 210),
        "principal_number": make_resident_id("110105", date(1975, 8, 9), 220),
    }
    return {**said, "parties": {**said["parties"], **known}}


def _founders() -> list[Account]:
    """Two people with accounts of their own."""
    found = []
    for place, username in enumerate(FOUNDERS):
        with changing(kind=ChangeKind.EXCHANGE, actor=None, cause="registration", reason="个人实名注册") as change:
            subject = int(change.subject("person").pk)
        vault.store(subject, "resident_id", make_resident_id("110108", date(1972, 4, 5 + place), 210 + place))
        found.append(sign_ins.founder(username, _DATA["names"][place], subject))
    return found
