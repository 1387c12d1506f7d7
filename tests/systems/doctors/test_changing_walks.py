"""Each item that changes a registration, from the draft to the register, the certificate and the public page."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import DECLARED, HOSPITAL, House, found
from tests.systems.doctors.public import announced, must_see
from tests.systems.doctors.standing_doctors import Doctor, days_ago, person, registered_at
from tests.walking import Desk, desk_of, picture, walker
from yizheng.disclosure.keys import public_number
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.licensing import answers
from yizheng.licensing.cases import examining
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.doctors.models import Registration

NEW_HOSPITAL = "海淀区桐川医院"
FAR_HOSPITAL = "朝阳区百子社区卫生服务中心"
TRUTH = {"truth": True}
FIT = {"health": "fit", "criminal_record": "no", "ban": "no"}


@dataclass(frozen=True)
class Houses:
    """Where she is, another in the district, one in another district."""

    here: House
    near: House
    far: House


@pytest.fixture
def houses(haidian: Scope, chaoyang: Scope) -> Houses:
    subjects = ("01", "02", "03", "04", "07", "21")
    return Houses(
        found(HOSPITAL, haidian, "110108", subjects=subjects),
        found(NEW_HOSPITAL, haidian, "110108", subjects=subjects, category="A100"),
        found(FAR_HOSPITAL, chaoyang, "110105", subjects=subjects),
    )


@dataclass(frozen=True)
class Walk:
    """One item: how the doctor stands before, what she types, who confirms, what the register and the public page say."""

    code: str
    typed: dict[str, dict[str, Any]]
    after: dict[str, Any]
    house: str = "here"
    before: dict[str, Any] | None = field(default_factory=dict)
    qualified: tuple[tuple[str, str], ...] = (("1", "clinical"),)
    entry: str = ""
    public: dict[str, str] = field(default_factory=dict)
    told: str = ""
    announced: bool = False
    qualified_on: date = date(2012, 12, 1)


TODAY = timezone.localdate()
PUBLIC = {
    "执业级别": "执业医师", "执业类别": "临床", "执业范围": "内科专业", "执业地点": "北京市",
    "主要执业机构": HOSPITAL, "批准机关": "北京市海淀区卫生健康委员会", "首次注册": "2013年3月4日",
}  # fmt: skip
"""What the entry of each says unless its walk says otherwise; the entry has these fields and no others."""
EMPLOYED = {"employment": "contract", "employed_from": days_ago(10).isoformat()}
ORIGIN = {
    "province": "13",
    "authority": "河北省示范市卫生健康局",
    "level": "1",
    "category": "clinical",
    "scope": "11",
    "practice_number": "110130102000123",
    "first_practised_on": "2015-06-01",
    "qualification_number": make_qualification_number(
        2012, "13", "1", "clinical", make_resident_id("130102", date(1985, 3, 9), 77)
    ),
    "qualified_on": "2012-12-01",
    "qualification_issuer": "河北省卫生健康委员会",
    "released_on": days_ago(5).isoformat(),
    "reference": "GJ-2026-0001",
}
WALKS = [
    Walk(
        "doctor_change_main_institution",
        {"practice": {"institution": NEW_HOSPITAL, "keep_old": True, **EMPLOYED}, "declaration": TRUTH},
        {"institution": "near", "status": "REG", "place": "110000"},
        house="near",
        entry="主要执业机构",
        public={"主要执业机构": NEW_HOSPITAL, "多机构备案": HOSPITAL},
        told=f"变更主要执业机构：{NEW_HOSPITAL}",
    ),
    Walk(
        "doctor_change_location",
        {"practice": {"institution": FAR_HOSPITAL, **EMPLOYED}, "declaration": TRUTH},
        {"institution": "far", "place": "110105", "level": "2", "practice_number": "same"},
        house="far",
        before={"level": "2"},
        qualified=(("2", "clinical"),),
        entry="执业地点",
        public={
            "执业级别": "执业助理医师", "执业地点": "北京市朝阳区", "主要执业机构": FAR_HOSPITAL,
            "批准机关": "北京市朝阳区卫生健康委员会",
        },
        told=f"变更执业地点：{FAR_HOSPITAL}",
    ),
    Walk(
        "doctor_change_location",
        {"origin": ORIGIN, "practice": {"institution": HOSPITAL, **EMPLOYED}, "fitness": FIT, "declaration": TRUTH},
        {"institution": "here", "practice_number": "110130102000123", "remark": "由河北省转入"},
        before=None,
        public={"首次注册": "2015年6月1日"},
        told=f"在本市注册：{HOSPITAL}",
        announced=True,
    ),
    Walk(
        "doctor_add_location_registration",
        {"origin": ORIGIN, "practice": {"institution": HOSPITAL, **EMPLOYED}, "fitness": FIT, "declaration": TRUTH},
        {"institution": "here", "is_primary": False, "remark": "主执业地点在河北省"},
        before=None,
        public={"首次注册": "2015年6月1日"},
        told=f"增加注册：{HOSPITAL}",
        announced=True,
    ),
    Walk(
        "doctor_change_category",
        {"practice": {"category": "public_health", "scope": "41"}, "declaration": TRUTH},
        {"category": "public_health", "scopes": ["41"], "practice_number": "same"},
        qualified=(("1", "clinical"), ("1", "public_health")),
        entry="执业类别",
        public={"执业类别": "公共卫生", "执业范围": "公共卫生类别专业"},
        told="变更执业类别：公共卫生",
    ),
    Walk(
        "doctor_change_scope",
        {
            "practice": {"scope": "12"},
            "learning": {
                "ground": "training", "base": "北京安和医院", "started_on": "2023-01-01",
                "ended_on": "2024-12-31", "result": "pass",
            },
            "declaration": TRUTH,
        },
        {"scopes": ["12"], "status": "REG"},
        entry="执业范围",
        public={"执业范围": "外科专业"},
        told="变更执业范围：外科专业",
    ),
    Walk(
        "doctor_add_scope",
        {
            "practice": {"scope": "14"},
            "learning": {
                "base": "北京安和医院", "started_on": "2024-01-01", "ended_on": "2024-12-31", "result": "pass"
            },
            "declaration": TRUTH,
        },
        {"scopes": ["11", "14"]},
        entry="增加执业范围",
        public={"执业范围": "内科专业 儿科专业"},
        told="增加执业范围：儿科专业",
    ),
    Walk(
        "doctor_reregistration",
        {
            "back": {
                "ground": "deregistered", "stopped_on": days_ago(900).isoformat(), "assessor": "北京市示范医师协会",
                "assessed_on": days_ago(20).isoformat(), "assessment": "pass",
                "checked_on": days_ago(30).isoformat(), "checked_at": "北京安和医院",
            },
            "training": {
                "institution": "北京安和医院", "started_on": days_ago(240).isoformat(),
                "ended_on": days_ago(30).isoformat(), "result": "pass",
            },
            "practice": {"institution": NEW_HOSPITAL, "scope": "11", **EMPLOYED},
            "declaration": DECLARED,
        },
        {"status": "REG", "reason": "", "institution": "near", "practice_number": "same"},
        house="near",
        before={"status": "DEREG", "reason": "D12", "certified": False},
        public={"主要执业机构": NEW_HOSPITAL},
        told=f"重新注册：{NEW_HOSPITAL}",
        announced=True,
    ),
    Walk(
        "doctor_assistant_upgrade",
        {"practice": {"employed_from": "2020-01-01"}, "declaration": TRUTH},
        {"level": "1", "place": "110000", "institution": "here"},
        before={"level": "2", "employment": "contract"},
        qualified=(("2", "clinical"), ("1", "clinical")),
        told=f"注册为执业医师：{HOSPITAL}",
    ),
    Walk(
        "doctor_residency_registration",
        {
            "residency": {
                "institution": NEW_HOSPITAL, "discipline": "内科", "training_from": days_ago(400).isoformat(),
                "training_to": (TODAY + timedelta(days=400)).isoformat(),
            },
            "declaration": DECLARED,
        },
        {"place": "", "scopes": [], "institution": None, "status": "REG"},
        house="near",
        before=None,
        qualified_on=days_ago(200),
        public={"执业范围": "—", "执业地点": "—", "主要执业机构": "—", "首次注册": long_date(TODAY)},
        told="首次注册",
        announced=True,
    ),
    Walk(
        "doctor_residency_completion",
        {"practice": {"institution": HOSPITAL, "scope": "11", **EMPLOYED}, "declaration": TRUTH},
        {"place": "110000", "scopes": ["11"], "institution": "here", "practice_number": "same"},
        before={"place": "", "scopes": [], "institution": None},
        entry="执业地点、执业范围",
        told=f"登记执业地点和执业范围：{HOSPITAL}",
    ),
]  # fmt: skip


def named(walk: Walk) -> str:
    return f"{walk.code}-{'in' if walk.before is None else walk.before.get('level', '1')}"


def prepared(walk: Walk, houses: Houses, haidian: Scope) -> tuple[Doctor, Registration | None]:
    doctor = person("程知微", haidian, walk.qualified, qualified_on=walk.qualified_on)
    if walk.before is None:
        return doctor, None
    return doctor, registered_at(doctor, houses.here, haidian, **walk.before)


def drafted(walk: Walk, doctor: Doctor) -> Case:
    with acting_as(doctor.account):
        case = open_draft(doctor.account, walk.code)
        case = keep(case, doctor.account, walk.typed)
        applicant = case.item.gather(answers.decode(case.item, walk.typed).answers, doctor.subject, TODAY)
        for material in case.item.needed_materials(applicant, TODAY):
            hand_in(case, doctor.account, material, picture(), f"{material.title}.jpg")
    return case


def faults_of(case: Case, doctor: Doctor) -> list[str]:
    """What stands against submitting, in words."""
    with acting_as(doctor.account):
        examined = examining.examine(Case.objects.visible_to(doctor.account).get(pk=case.pk), TODAY)
    faults = [
        f"{step.code}.{name}: {list(errors)}" for step in examined.steps for name, errors in step.form.errors.items()
    ]
    faults += [view.material.code for view in examined.materials if view.missing]
    return faults + [finding.message for finding in examined.findings.blocks]


def decided(case: Case, walk: Walk, doctor: Doctor, houses: Houses, desk: Desk) -> Case:
    return walker(doctor.account, getattr(houses, walk.house).operator, desk).walk(case)


def to_the_decider(case: Case, walk: Walk, doctor: Doctor, houses: Houses, desk: Desk) -> Case:
    return walker(doctor.account, getattr(houses, walk.house).operator, desk).walk(case, CaseState.DECIDING)


@pytest.fixture
def desk(request, acceptor, reviewer, decider) -> Callable[[Walk], Desk]:
    def of(walk: Walk) -> Desk:
        if walk.house != "far":
            return Desk(acceptor, reviewer, decider)
        far: Desk = request.getfixturevalue("far_desk")
        return far

    return of


@pytest.fixture
def far_desk(chaoyang: Scope) -> Desk:
    return desk_of(chaoyang)


@pytest.mark.django_db
@pytest.mark.parametrize("walk", WALKS, ids=named)
def test_from_the_draft_to_the_public_page(walk, houses, haidian, desk):
    doctor, before = prepared(walk, houses, haidian)
    case = drafted(walk, doctor)
    page = sign_in(Client(), doctor.account).get(f"/my/cases/{case.number}/form/")
    assert page.status_code == 200
    assert faults_of(case, doctor) == []
    case = decided(case, walk, doctor, houses, desk(walk))
    assert case.state == "granted"

    with acting_as_system("test"):
        now = standing_of(doctor)
        expected = {
            name: getattr(houses, value).subject if name == "institution" and value else value
            for name, value in walk.after.items()
        }
        if expected.get("practice_number") == "same":
            expected["practice_number"] = before.practice_number
        assert {name: getattr(now, {"institution": "institution_id"}.get(name, name)) for name in expected} == expected
        certificate = Certificate.objects.get(
            subject_id=doctor.subject, number=now.practice_number, status=Status.VALID
        )
        printed, _ = sealing.unseal(certificate)
    assert printed["number"] == now.practice_number
    if walk.entry:
        assert [entry[0] for entry in printed["changes"]] == [walk.entry]
    entry = must_see(now.practice_number)
    assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")
    assert entry.fields == {**PUBLIC, **walk.public, "执业证书编码": public_number(now.practice_number)}
    assert entry.history[0] == walk.told
    assert (doctor.name in announced("registered", f"{TODAY:%Y-%m}", doctor.name)) is walk.announced


def standing_of(doctor: Doctor) -> Registration:
    (only,) = Registration.objects.as_of(TODAY).filter(subject_id=doctor.subject).exclude(status__in=["DEREG", "MOVED"])
    return only


@pytest.mark.django_db
@pytest.mark.parametrize("walk", [walk for walk in WALKS if "origin" in walk.typed], ids=named)
def test_who_comes_from_another_province_declares_health_sentence_and_ban(walk, houses, haidian):
    doctor, _ = prepared(walk, houses, haidian)
    served = timezone.localdate() - timedelta(days=30)
    said = {"health": "unfit", "criminal_record": "yes", "sentence_served_on": served.isoformat(), "ban": "no"}
    unfit = drafted(replace(walk, typed={**walk.typed, "fitness": said}), doctor)
    with acting_as(doctor.account):
        found = {each.code for each in examining.examine(unfit, timezone.localdate()).findings.blocks}
    assert {"D-R07", "D-R02"} <= found
