"""材料、表单、登记对照: the desk sees which fields a paper says too, whatever way a day is written, and nothing personal."""

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import NAME, NUMBER
from yizheng.kernel.paper_text import PaperText
from yizheng.licensing.cases import examining
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.drafting import keep
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.shell.desk.comparing import compared

pytestmark = pytest.mark.django_db

DIPLOMA = PaperText(f"毕业证书 {NAME} 一九九六年四月二十六日生 华北示范 医科大学", recognised=False)


def fields(case: Case, account: Account, paper: PaperText | None):
    with acting_as(account):
        parts = compared(case, examining.examine(case, timezone.localdate()), paper)["parts"]
    return {row.label: row for rows, _ in parts for row in rows}


def test_a_field_stands_in_the_paper_whatever_way_it_is_written(draft, doctor):
    found = fields(draft, doctor, DIPLOMA)
    assert {label: found[label].in_paper for label in ("姓名", "出生日期", "毕业院校", "所学专业")} == {
        "姓名": True, "出生日期": True, "毕业院校": True, "所学专业": False,
    }  # fmt: skip
    assert not any(row.in_paper for row in fields(draft, doctor, None).values())


def test_what_the_register_says_otherwise_is_seen_and_what_is_personal_stays_covered(draft, doctor):
    with acting_as(doctor):
        case = keep(draft, doctor, {"education": {"school": "燕山医科大学"}})
    found = fields(case, doctor, DIPLOMA)
    school = found["毕业院校"]
    assert (school.typed, school.registered, school.differs) == ("燕山医科大学", "华北示范医科大学", True)
    assert not found["姓名"].differs
    assert NUMBER not in str(found)
