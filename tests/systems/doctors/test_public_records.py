"""What the public is told of a doctor on each day, by whatever she held then, and what it is never told."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.systems.doctors.conftest import House, found, licence
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import refresh
from yizheng.disclosure.records import Period
from yizheng.disclosure.standings import Standing
from yizheng.disclosure.verdicts import verdict_on
from yizheng.kernel.codes import table
from yizheng.people import vault
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.visible_facts import VisibleState
from yizheng.registry import ChangeKind, Subject, changing
from yizheng.systems.doctors.models import InstitutionFiling, Registration, ShortTermPractice, SpecialQualification
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.public_periods import layer, overlaid, withheld

DAY = timedelta(days=1)
BORN, STARTED, UPGRADED, RENAMED = date(1990, 3, 28), date(2014, 5, 6), date(2019, 8, 1), date(2022, 2, 2)
NUMBER, IDENTITY = "110110108004217", "110108199003280328"


def fact(who: int, model: type[VisibleState], line: str, since: date, scope: Scope, **values: Any) -> None:
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        subject = Subject.objects.get(pk=who)
        change.state(model, subject, line, values, valid_from=since, authority_scope=scope.pk)


def registration(house: int | None, **values: Any) -> dict[str, Any]:
    return {
        "practice_number": NUMBER, "level": "1", "category": "clinical", "scopes": ["11"], "place": "110000",
        "institution": house, "issued_on": STARTED, "first_practised_on": STARTED, "status": "REG", **values,
    }  # fmt: skip


@pytest.fixture
def house(haidian: Scope) -> House:
    return found("北京旧名医院", haidian, "110108")


@pytest.fixture
def doctor(haidian: Scope, city: Scope) -> int:
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        pk: int = change.subject("person").pk
    who = {"name": "林知夏", "sex": "2", "birth_date": BORN, "ethnic_group": "13"}
    fact(pk, PersonIdentity, "identity", BORN, city, **who)
    return pk


def published(who: int) -> PublicPractitioner:
    refresh("doctor", [who])
    return PublicPractitioner.objects.get(subject=who)


def held(entry: PublicPractitioner, day: date) -> tuple[str, str]:
    """The standing of a day and the institution, as it was called."""
    period = verdict_on(entry, day).period
    return (period.standing.value, period.institution) if period else ("", "")


@pytest.mark.django_db
def test_an_assistant_who_became_a_physician_was_an_assistant_on_the_day_before(
    doctor: int, house: House, haidian: Scope, city: Scope
) -> None:
    one, two = registration(house.subject, level="2", place="110108"), registration(house.subject)
    fact(doctor, Registration, "registration:2:110108", STARTED, haidian, **one)
    over = {**one, "status": "DEREG", "reason": "D16"}
    fact(doctor, Registration, "registration:2:110108", UPGRADED, haidian, **over)
    fact(doctor, Registration, "registration:1:110000", UPGRADED, city, **two)
    entry = published(doctor)
    days = (STARTED - DAY, STARTED, UPGRADED - DAY, UPGRADED, timezone.localdate())
    assert [held(entry, day)[0] for day in days] == ["", "REG", "REG", "REG", "REG"]
    before, after = (verdict_on(entry, day).period for day in (UPGRADED - DAY, UPGRADED))
    assert before is not None
    assert after is not None
    assert (before.level, before.place) == ("执业助理医师", "北京市海淀区")
    assert (after.level, after.place, entry.level) == ("", "", "执业医师")
    assert (entry.registered_on, entry.ended_on) == (STARTED, None)


@pytest.mark.django_db
def test_a_past_day_names_the_institution_as_it_was_called_then(
    doctor: int, house: House, haidian: Scope, client: Client
) -> None:
    fact(doctor, Registration, "registration:1:110000", STARTED, haidian, **registration(house.subject))
    with acting_as_system("test"):
        line = InstitutionLicence.objects.current().get(subject_id=house.subject).line
    fact(house.subject, InstitutionLicence, line, RENAMED, haidian, **licence("北京新名医院", "110108"))
    entry = published(doctor)
    assert held(entry, RENAMED - DAY) == ("REG", "北京旧名医院")
    assert held(entry, RENAMED) == ("REG", "北京新名医院")
    assert entry.main is not None
    assert entry.main.name == "北京新名医院"
    page = client.get(f"/public/doctors/{entry.token}/", {"on": f"{RENAMED - DAY}"}).content.decode()
    assert "主要执业机构为北京旧名医院" in page
    assert [words.words for words in entry.milestones] == ["首次注册：北京旧名医院"]


@pytest.mark.django_db
def test_short_term_practice_before_a_registration_is_told_of_its_days(
    doctor: int, house: House, haidian: Scope, city: Scope
) -> None:
    permit = {
        "origin": "HK", "certificate_number": "110HK00000001", "category": "clinical", "scopes": ["11"],
        "institution": house.subject, "contract_from": STARTED, "contract_to": date(2016, 5, 5),
        "issued_on": STARTED, "valid_until": date(2016, 5, 5),
    }  # fmt: skip
    fact(doctor, ShortTermPractice, f"short_term:{house.subject}", STARTED, haidian, **permit)
    fact(doctor, Registration, "registration:1:110000", UPGRADED, city, **registration(house.subject))
    entry = published(doctor)
    days = (STARTED - DAY, STARTED, date(2016, 5, 5), date(2016, 5, 6), UPGRADED - DAY, UPGRADED)
    assert [held(entry, day)[0] for day in days] == ["", "REG", "REG", "EXPIRED", "EXPIRED", "REG"]
    assert (entry.registered_on, entry.ended_on, entry.level) == (UPGRADED, None, "执业医师")


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["MIL", "MOVED"])
def test_service_in_the_forces_and_moves_away_are_days_without_an_answer(
    status: str, doctor: int, house: House, haidian: Scope, client: Client
) -> None:
    fact(doctor, Registration, "registration:1:110000", STARTED, haidian, **registration(house.subject))
    filing = {"institution": house.subject, "level": "1", "filed_on": STARTED}
    fact(doctor, InstitutionFiling, "filing:1", STARTED, haidian, **filing)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        change.end(InstitutionFiling, doctor, "filing:1", on=UPGRADED)
    gone = registration(None, status=status, reason="D14" if status == "MIL" else "", remark="转出")
    fact(doctor, Registration, "registration:1:110000", UPGRADED, haidian, **gone)
    entry = published(doctor)
    assert held(entry, UPGRADED - DAY)[0] == "REG"
    assert held(entry, UPGRADED) == ("", "")
    assert entry.ended_on is None
    assert max(each.on for each in entry.milestones) == STARTED
    page = client.get(f"/public/doctors/{entry.token}/").content.decode()
    assert "可以执业</b>" not in page
    assert not any(words in page for words in ("军", "外省", "转出", status))


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["SUSP_PENAL", "SUSP_ASSESS"])
def test_a_suspended_doctor_never_appears_as_practising_nor_why(
    status: str, doctor: int, house: House, haidian: Scope, client: Client
) -> None:
    fact(doctor, Registration, "registration:1:110000", STARTED, haidian, **registration(house.subject))
    leads = {"type": "cosmetic_lead", "detail": "surgery", "granted_by": "海淀区", "granted_on": STARTED}
    fact(doctor, SpecialQualification, "special:cosmetic_lead:surgery", STARTED, haidian, **leads)
    assert [note.label for note in published(doctor).notes] == ["医疗美容主诊专业"]
    stopped = registration(house.subject, status=status, remark="京海卫医罚〔2026〕7号")
    fact(doctor, Registration, "registration:1:110000", RENAMED, haidian, **stopped)
    entry = published(doctor)
    assert entry.notes == []
    asked = {"name": "林知夏", "institution": "旧名"}
    entry_page = client.get(f"/public/doctors/{entry.token}/").content.decode()
    found_page = client.get("/public/doctors/", asked).content.decode()
    answer = client.get("/api/v1/public/doctors", asked).json()["results"][0]
    assert (answer["status"], answer["may_practise"]) == ("暂停执业", False)
    for page in (entry_page, found_page, json.dumps(answer, ensure_ascii=False)):
        assert "目前不得执业" in page
        assert not any(words in page for words in ("可以执业</b>", "〔2026〕7号", "考核", "美容"))


@pytest.mark.django_db
def test_nothing_of_her_person_leaves(doctor: int, house: House, haidian: Scope, client: Client) -> None:
    vault.prepare()
    subject = Subject.objects.get(pk=doctor)
    qualification = f"201411110{IDENTITY}"
    for kind, value in (("resident_id", IDENTITY), ("qualification_number", qualification), ("mobile", "13800000000")):
        vault.store(subject.pk, kind, value)
    values = registration(house.subject, department="肾内科", employment="contract", remark="内部备注")
    fact(doctor, Registration, "registration:1:110000", STARTED, haidian, **values)
    entry = published(doctor)
    said = json.dumps({name: str(value) for name, value in vars(entry).items()}, ensure_ascii=False)
    said += client.get(f"/public/doctors/{entry.token}/", {"on": "2020-01-01"}).content.decode()
    said += client.get("/api/v1/public/doctors", {"practice_number": NUMBER}).content.decode()
    withheld_words = (
        IDENTITY, qualification, qualification[:9], "13800000000", "1990", "0328", "3月28日", "肾内科",
        "contract", "内部备注", "藏族", "壮族", "彝族",
    )  # fmt: skip
    assert [words for words in withheld_words if words in said.replace(NUMBER, "")] == []


def test_every_reason_of_an_ending_has_a_category_that_names_no_health_and_no_crime() -> None:
    reasons = table("doctor_deregistration_reason")
    categories = {row.code: row.attributes["announced_as"] for row in reasons.items()}
    assert {code for code, words in categories.items() if not words} == {"D14", "D16"}
    assert not any(word in words for words in categories.values() for word in ("健康", "病", "刑", "军", "作弊"))
    assert sum(words == categories["D08"] for words in categories.values()) > 2


def test_on_each_day_the_most_that_stood_counts() -> None:
    first, second, third = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
    forever = date(9999, 12, 31)
    layers = [
        layer(Period(Standing.DEREGISTERED, second, forever, "甲"), 0, 2),
        layer(Period(Standing.REGISTERED, first, second, "甲"), 0, 2),
        layer(Period(Standing.REGISTERED, first, third, "乙"), 0, 1),
        withheld(third, forever),
    ]
    assert [(each.since, each.until, each.institution) for each in overlaid(layers)] == [(first, third, "乙")]
