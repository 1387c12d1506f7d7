"""How the register of doctors says who is registered and where (医师法 第十四条、第十五条): mainly, by filing, by a permit."""

from typing import Any

from django.db.models import Q

from yizheng.kernel.codes import name_of
from yizheng.shell.access import DESKS
from yizheng.shell.forecasts import ASKERS
from yizheng.shell.mine import port
from yizheng.shell.navigation import NavEntry
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
from yizheng.systems.practitioners.models.permit import VALID, standing_by
from yizheng.systems.practitioners.pages.entries import declare_pages
from yizheng.systems.practitioners.registered import FILED, MAIN, Particular, PeopleRegister, Relation, declare
from yizheng.systems.practitioners.searching import READERS, declare_search


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


PEOPLE = declare(
    PeopleRegister(
        register=DOCTORS,
        system="doctors",
        registration=Registration,
        number_title="执业证书编码",
        founding=(Qualification, Registration, ExamResult, ShortTermPractice, VillageRegistration),
        relations=(
            Relation(MAIN, "主要执业", Registration, ~Q(status__in=ENDED)),
            Relation(FILED, "多机构备案", InstitutionFiling),
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
declare_pages(
    PEOPLE,
    "医师电子化注册",
    "搜索医师姓名、拼音、证书编码、机构",
    order=10,
    more=(
        NavEntry("工作", "规则推演", "bulb", "forecasts:list", ASKERS, order=70, arguments=(DOCTORS.code,)),
        NavEntry("登记簿", "专项医师", "stethoscope", "doctors:special", READERS, order=20),
        NavEntry("登记簿", "短期行医", "id-badge-2", "doctors:short_term", READERS, order=30),
        NavEntry("登记簿", "资格修改月报", "file-text", "doctors:corrections", DESKS, order=50),
        NavEntry("登记簿", "机构登记", "building-hospital", "institutions:list", READERS, order=40),
    ),
)
port.declare_standing(DOCTORS, standing_by)
