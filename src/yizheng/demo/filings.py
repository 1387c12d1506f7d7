"""The cases of the city by which clinics file and are visited, by which institutions serve over the internet and file technologies."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from yizheng.demo import sign_ins
from yizheng.demo.data_files import tables
from yizheng.demo.founding import FOUNDERS
from yizheng.demo.institutions import Institution
from yizheng.demo.making import Making
from yizheng.demo.people import Person
from yizheng.kernel.identifiers import make_organisation_code, make_resident_id, make_uscc
from yizheng.licensing.item import Candidate
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.institutions.models import InstitutionLicence

OPENERS = ("clinic-01", "clinic-02", "clinic-03", "clinic-04")
"""The accounts of the doctors who open clinics."""
_DATA = tables("filings.toml")
_YEARS = timedelta(days=6 * 366)


def file(making: Making, people: Iterable[Person]) -> None:
    """Clinics in every state of the visit, two old-age homes, the internet in its three forms, technologies."""
    doctors = list(people)
    for username, said in zip(OPENERS, _DATA["clinics"], strict=True):
        _clinic(making, _opener(making, doctors, username, said["item"]), said)
    _inside_homes(making)
    hospitals = [each for each in making.institutions if each.level == "3" and "03" in each.subjects]
    _online(making, hospitals)
    _technologies(making, hospitals[0], doctors)


def _opener(making: Making, people: list[Person], username: str, item: str) -> tuple[Account, Person]:
    """A physician who has practised for six years and has no account yet; of Chinese medicine for its clinics."""
    category = "tcm" if item.startswith("tcm") else "clinical"
    person = next(
        each
        for each in people
        if each.account is None and each.level == "1" and each.career.now.status == "REG"
        and each.career.category == category and each.career.segments[0].since < making.today - _YEARS
    )  # fmt: skip
    account = sign_ins.founder(username, person.name, person.subject)
    person.account = account.pk
    making.enter(account)
    if vault.find("resident_id", person.identity_number) is None:
        vault.store(person.subject, "resident_id", person.identity_number)
    return account, person


def _clinic(making: Making, opener: tuple[Account, Person], said: dict[str, Any]) -> None:
    account, person = opener
    name, clinic = said["name"].format(founder=person.name), _DATA["clinic"]
    typed: dict[str, dict[str, Any]] = {
        "founder": {"kind": "person", "name": person.name, "number": person.identity_number, "clear": "no"},
        "institution": {**clinic["institution"], "name": name, "category": said["category"]},
        "site": {"district": "110108", "address": f"北京市海淀区{said['address']}", "floor_area": "86"},
        "subjects": {"subjects": [{"subject": code, "remark": ""} for code in said["subjects"]]},
        "parties": _answering(person.name, person.identity_number, "负责人"),
        "premises": clinic["premises"],
        "declaration": {**_DATA["declaration"], "contact": person.name},
    }  # fmt: skip
    if said["techniques"]:
        typed["techniques"] = {"techniques": said["techniques"], "only": "yes"}
    making.walker.walk(making.walker.draft(account, said["item"], typed))
    with acting_as_system("演示城市：备案的诊所"):
        licence = InstitutionLicence.objects.current().get(name=name)
    if said["then"] in ("passed", "ordered"):
        _visit(making, licence, good=said["then"] == "passed")
    elif said["then"] == "noticed":
        _strike(making, licence)


def _answering(name: str, number: str, position: str) -> dict[str, Any]:
    return {
        "legal_name": name, "legal_number": number, "principal_name": name, "principal_number": number,
        "principal_position": position,
    }  # fmt: skip


def _visit(making: Making, licence: InstitutionLicence, *, good: bool) -> None:
    said = _DATA["visit"]
    visit = {"visited_on": making.today.isoformat(), "passed": "pass" if good else "fail", **said}
    if good:
        visit["found"] = ""
    else:
        visit["correct_by"] = (making.today + timedelta(days=14)).isoformat()
    case = _act(making, licence, "clinic_file_visit", "现场核查笔录和照片", {"visit": visit})
    decider = making.desk(case.authority_scope, Actor.DECIDER)
    with acting_as(decider):
        perform(case, "enact", decider, reason="核查属实。")


def _strike(making: Making, licence: InstitutionLicence) -> None:
    case = _act(making, licence, "clinic_file_strike", "备案的执业证书与登记不符", {"ground": {"ground": "false"}})
    reviewer = making.desk(case.authority_scope, Actor.REVIEWER)
    with acting_as(reviewer):
        perform(case, "give_notice", reviewer, reason="备案材料中的资格证书与登记不符")


def _act(making: Making, licence: InstitutionLicence, item: str, evidence: str, answers: dict[str, Any]) -> Case:
    reviewer = making.desk(licence.authority_scope, Actor.REVIEWER)
    with acting_as(reviewer):
        return propose(
            reviewer, item, subject_id=licence.subject_id, subject_name=licence.name,
            authority_scope=licence.authority_scope, evidence=evidence, answers=answers,
        )  # fmt: skip


def _inside_homes(making: Making) -> None:
    """An infirmary that has its licence, and a nursing station on its way."""
    account, said = making.staff[FOUNDERS[1]], _DATA["inner"]
    uscc = make_uscc("52", "110108", make_organisation_code("E9990902"))
    leaders = _answering("顾怀远", make_resident_id("110108", date(1972, 4, 5), 210), "主任")
    for name, category, subject, until in (
        (said["name"], "D400", "03", None),
        (said["second"], "A720", "02", CaseState.REVIEWING),
    ):
        typed: dict[str, dict[str, Any]] = {
            "founder": {"kind": "organisation", "name": said["home"], "uscc": uscc, "clear": "no"},
            "institution": {**_DATA["clinic"]["institution"], "name": name, "category": category},
            "site": {"district": "110108", "address": "北京市海淀区示范颐养路 3 号", "floor_area": "120"},
            "subjects": {"subjects": [{"subject": subject, "remark": ""}]},
            "parties": leaders,
            "premises": _DATA["clinic"]["premises"],
            "declaration": _DATA["declaration"],
        }  # fmt: skip
        making.walker.walk(making.walker.draft(account, "elderly_inner_file", typed), until)


def _online(making: Making, hospitals: list[Institution]) -> None:
    """Three hospitals: one serves over the internet, one asks for the name, on one an internet hospital of its own relies."""
    walker = making.walker
    first, second, third = hospitals[:3]
    walker.walk(itself(making, first, "internet_mode_add", _service(making, "own")))
    name = {"name": {"name": f"{second.name}互联网医院"}}
    walker.walk(
        itself(making, second, "internet_hosp_second_name", {**_service(making, "others"), **name}), CaseState.REVIEWING
    )
    account, founder = making.staff[FOUNDERS[0]], tables("founding.toml")["founder"]
    number = make_resident_id("110108", date(1972, 4, 5), 210)
    uscc = make_uscc("91", "110108", make_organisation_code("E9990901"))
    typed: dict[str, dict[str, Any]] = {
        **_service(making, "others"),
        "host": {"institution": third.name},
        "founder": {**founder, "uscc": uscc},
        "institution": {**_DATA["clinic"]["institution"], "business_nature": "3", "name": _DATA["independent"]["name"], "capital": "500"},
        "site": {"district": third.district, "address": "示范科技园 6 号楼"},
        "parties": _answering("顾怀远", number, "院长"),
        "premises": {**_DATA["clinic"]["premises"], "uscc": uscc},
        "declaration": _DATA["declaration"],
    }  # fmt: skip
    walker.walk(walker.draft(account, "internet_hosp_independent", typed), CaseState.DECIDING)


def _service(making: Making, doctors: str) -> dict[str, dict[str, Any]]:
    assessed = (making.today - timedelta(days=120)).isoformat()
    return {
        "platform": {**_DATA["platform"], "doctors": doctors, "assessed_on": assessed},
        "subjects": {"subjects": [{"subject": "03"}]},
    }


def _technologies(making: Making, hospital: Institution, people: list[Person]) -> None:
    """One technology noted on the duplicate, another waiting for it."""
    leader = next(
        each for each in people
        if each.career.now.status == "REG" and each.career.now.institution is hospital and "11" in each.career.now.scopes
    )  # fmt: skip
    argued, first = (making.today - timedelta(days=days) for days in (40, 6))
    for technology, until in (("G08", None), ("G11", CaseState.RECEIVED)):
        said = {
            "technology": technology, "clinical_subject": "03", "first_case_on": first.isoformat(), "leader": leader.name,
            "committee_on": argued.isoformat(), "ethics_on": argued.isoformat(), "ethics_number": f"伦审{technology}",
        }  # fmt: skip
        making.walker.walk(itself(making, hospital, "tech_file", {"technology": said}), until)


def itself(making: Making, hospital: Institution, item: str, typed: Mapping[str, Mapping[str, Any]]) -> Case:
    """A draft of an institution about itself."""
    about = Candidate(hospital.subject, hospital.name)
    said = {**typed, "declaration": _DATA["declaration"]}
    return making.walker.draft(making.operator(hospital), item, said, person=about, institution=hospital.scope)
