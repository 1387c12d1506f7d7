"""How the register of doctors says who is registered and where (医师法 第十四条、第十五条): mainly, by filing, by a permit."""

from typing import Any

from django.db.models import Q

from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.models import (
    InstitutionFiling,
    Qualification,
    Registration,
    ShortTermPractice,
    VillageRegistration,
)
from yizheng.systems.doctors.models.registration import ENDED, short_scope
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import ExamResult
from yizheng.systems.practitioners.models.permit import VALID
from yizheng.systems.practitioners.registered import MAIN, Particular, PeopleRegister, Relation, declare
from yizheng.systems.practitioners.searching import declare_search


def _level(fact: Any, registration: Registration | None) -> str:
    return name_of("practice_level", registration.level) if registration else ""


def _category(fact: Any, registration: Registration | None) -> str:
    code = getattr(registration or fact, "category", "")
    return name_of("practice_category", code) if code else ""


def _scopes(fact: Any, registration: Registration | None) -> str:
    return "；".join(short_scope(code) for code in getattr(registration or fact, "scopes", ()))


def _told(held: Registration) -> tuple[str, str]:
    scopes = "；".join(name_of("practice_scope", code) for code in held.scopes)
    return name_of("doctor_register_status", held.status), scopes


FOUNDING = (Qualification, Registration, ExamResult, ShortTermPractice, VillageRegistration)
"""What makes somebody known in the register of doctors, registered or not."""
PEOPLE = declare(
    PeopleRegister(
        register=DOCTORS,
        system="doctors",
        registration=Registration,
        number_title="执业证书编码",
        founding=FOUNDING,
        relations=(
            Relation(MAIN, "主要执业", Registration, ~Q(status__in=ENDED)),
            Relation("filed", "多机构备案", InstitutionFiling),
            Relation("short_term", "短期行医", ShortTermPractice, Q(status=VALID), under_registration=False),
            Relation("village", "乡村医生", VillageRegistration, Q(status=VALID), under_registration=False),
        ),
        particulars=(
            Particular("级别", 14, _level),
            Particular("类别", 10, _category),
            Particular("执业范围", 36, _scopes),
        ),
        states="doctor_register_status",
        status_on=lambda held, on: str(held.status),
        told=_told,
        apart="level",
    )
)
declare_search(PEOPLE, digits=15, example="110110108004217")
