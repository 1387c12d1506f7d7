"""What a change of registration means for others: who sees, who is told, what goes along, what stops it."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.public import must_see
from tests.systems.doctors.standing_doctors import days_ago, person, registered_at
from tests.systems.doctors.test_changing_walks import (
    EMPLOYED,
    NEW_HOSPITAL,
    TRUTH,
    WALKS,
    decided,
    drafted,
    far_desk,
    houses,
    prepared,
    standing_of,
    to_the_decider,
)
from tests.walking import Desk
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate, Instrument, Status
from yizheng.licensing import rules
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, RuleValue
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Change
from yizheng.systems.doctors.conduct.suspending import suspend
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.work.models import Notice

__all__ = ["far_desk", "houses"]
BY_CODE = {walk.code: walk for walk in WALKS}
MAIN = BY_CODE["doctor_change_main_institution"]
DISTRICT = next(walk for walk in WALKS if walk.code == "doctor_change_location" and walk.before)
SCOPE = BY_CODE["doctor_change_scope"]
TODAY = timezone.localdate()


@pytest.fixture
def desk(acceptor, reviewer, decider):
    return Desk(acceptor, reviewer, decider)


def seen_by(account, doctor) -> int:
    with acting_as(account):
        return Registration.objects.visible_to(account).current().filter(subject_id=doctor.subject).count()


def findings(walk, doctor, typed=None) -> list[str]:
    with acting_as(doctor.account):
        case = open_draft(doctor.account, walk.code)
        case = keep(case, doctor.account, {**walk.typed, **(typed or {})})
        return [found.code for found in examining.examine(case, TODAY).findings.blocks]


@pytest.mark.django_db
def test_the_former_institution_kept_as_a_filing_still_sees_her(houses, haidian, desk):
    doctor, _ = prepared(MAIN, houses, haidian)
    decided(drafted(MAIN, doctor), MAIN, doctor, houses, desk)
    with acting_as_system("test"):
        (filing,) = InstitutionFiling.objects.as_of(TODAY).filter(subject_id=doctor.subject)
        told = set(Notice.objects.filter(kind="register").values_list("scope", flat=True))
    assert filing.institution_id == houses.here.subject
    assert seen_by(houses.here.operator, doctor) == 2
    assert seen_by(houses.near.operator, doctor) == 2
    assert told == {houses.here.scope}


@pytest.mark.django_db
def test_who_goes_to_another_district_leaves_her_past_behind(houses, haidian, chaoyang, reviewer, far_desk):
    doctor, _ = prepared(DISTRICT, houses, haidian)
    decided(drafted(DISTRICT, doctor), DISTRICT, doctor, houses, far_desk)
    with acting_as_system("test"):
        lines = {row.line: row for row in Registration.objects.as_of(TODAY).filter(subject_id=doctor.subject)}
    assert lines["registration:2:110108"].status == "MOVED"
    assert lines["registration:2:110105"].authority_scope == chaoyang.pk
    assert seen_by(reviewer, doctor) == 2  # the years decided here, and that she moved
    assert seen_by(far_desk.reviewer, doctor) == 3
    assert seen_by(houses.here.operator, doctor) == 0
    assert seen_by(houses.far.operator, doctor) == 3
    with acting_as_system("test"):
        told = set(Notice.objects.filter(kind="register").values_list("scope", flat=True))
    assert told == {houses.here.scope, haidian.pk}
    shown = PublicPractitioner.objects.get(subject=doctor.subject)
    assert (shown.place, shown.standing) == ("北京市朝阳区", "REG")


@pytest.mark.django_db
def test_a_running_suspension_goes_along_and_ends_on_its_day(houses, haidian, desk):
    doctor, before = prepared(MAIN, houses, haidian)
    last = TODAY + timedelta(days=100)
    assert before is not None
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        suspend(before, change, "SUSP_PENAL", days_ago(50), last)
    typed: dict[str, dict[str, Any]] = {"practice": {"institution": NEW_HOSPITAL, **EMPLOYED}, "declaration": TRUTH}
    assert findings(MAIN, doctor) == ["D-M05"]
    with acting_as(doctor.account):
        case = keep(
            Case.objects.visible_to(doctor.account).get(),
            doctor.account,
            {**typed, "practice": {**typed["practice"], "keep_old": False}},
        )
    from tests.walking import picture
    from yizheng.licensing.verbs.drafting import hand_in

    with acting_as(doctor.account):
        hand_in(case, doctor.account, case.item.materials[0], picture(), "聘用证明.jpg")
    decided(case, MAIN, doctor, houses, desk)
    with acting_as_system("test"):
        mine = Registration.objects.all().filter(subject_id=doctor.subject)
        assert [
            (mine.as_of(day).get().status, mine.as_of(day).get().institution_id)
            for day in (last, last + timedelta(days=1))
        ] == [("SUSP_PENAL", houses.near.subject), ("REG", houses.near.subject)]


@pytest.mark.django_db
def test_who_left_over_two_years_ago_registers_again_instead(houses, haidian):
    doctor = person("程知微", haidian)
    registered_at(doctor, houses.here, haidian)
    registered_at(doctor, houses.here, haidian, since=days_ago(740), certified=False, status="LEFT", institution=None)
    assert "D-M06" in findings(MAIN, doctor)


@pytest.mark.django_db
@pytest.mark.parametrize("walk", [MAIN, DISTRICT], ids=lambda walk: walk.code)
def test_what_fails_after_the_effect_leaves_nothing(walk, houses, haidian, desk, far_desk):
    doctor, _ = prepared(walk, houses, haidian)
    here = far_desk if walk.house == "far" else desk
    case = to_the_decider(drafted(walk, doctor), walk, doctor, houses, here)
    with acting_as_system("test"):
        before = (Change.objects.count(), Certificate.objects.count(), sorted(map(str, Registration.objects.all())))
    with patch.object(type(case.item), "after", side_effect=RuntimeError("interrupted")), pytest.raises(RuntimeError):
        go_on(case, "grant", here.decider, reason="符合条件。")
    with acting_as_system("test"):
        after = (Change.objects.count(), Certificate.objects.count(), sorted(map(str, Registration.objects.all())))
        assert Case.objects.get(pk=case.pk).state == "deciding"
    assert after == before


@pytest.mark.django_db
@pytest.mark.parametrize("walk", [MAIN, SCOPE], ids=lambda walk: walk.code)
def test_a_refusal_names_reasons_and_changes_nothing(walk, houses, haidian, desk):
    doctor, _ = prepared(walk, houses, haidian)
    case = to_the_decider(drafted(walk, doctor), walk, doctor, houses, desk)
    case = go_on(case, "refuse", desk.decider, reason="岗位与执业范围不符。")
    with acting_as_system("test"):
        assert standing_of(doctor).institution_id == houses.here.subject
        assert Instrument.objects.filter(subject_id=doctor.subject, kind="refusal").count() == 1
        assert Certificate.objects.filter(subject_id=doctor.subject, status=Status.VALID).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.code)
def test_nobody_decides_for_another_district(walk, houses, haidian, desk, far_desk, other_district_clerk, decider):
    doctor, _ = prepared(walk, houses, haidian)
    here, other = (far_desk, decider) if walk.house == "far" else (desk, other_district_clerk)
    case = to_the_decider(drafted(walk, doctor), walk, doctor, houses, here)
    with acting_as(other):
        assert not Case.objects.visible_to(other).filter(pk=case.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("walk", "practice", "expected"),
    [
        (MAIN, {"institution": "海淀区青禾社区卫生服务中心", **EMPLOYED}, "D-M01"),
        (SCOPE, {"scope": "11"}, "D-LN01"),
        (SCOPE, {"scope": "51"}, "D-LN02"),
        (BY_CODE["doctor_change_category"], {"category": "stomatology", "scope": "31"}, "D-CA02"),
        (BY_CODE["doctor_change_category"], {"category": "clinical", "scope": "12"}, "D-CA01"),
    ],
)
def test_what_the_law_does_not_allow_blocks(walk, practice, expected, houses, haidian):
    doctor, _ = prepared(walk, houses, haidian)
    assert expected in findings(walk, doctor, {"practice": practice})


@pytest.mark.django_db
def test_an_assistant_in_another_district_is_sent_to_the_change_of_place(houses, haidian):
    """T9: 海淀 -> 朝阳 is another place for an assistant; T8: for a physician it is not."""
    assistant = person("沈一舟", haidian, (("2", "clinical"),))
    registered_at(assistant, houses.here, haidian, level="2")
    physician = person("程知微", haidian)
    registered_at(physician, houses.here, haidian)
    far = {"practice": {"institution": "朝阳区百子社区卫生服务中心", **EMPLOYED}}
    assert findings(MAIN, assistant, far) == ["D-M02"]
    assert findings(MAIN, physician, far) == []
    with acting_as(physician.account), pytest.raises(NotPossibleError, match="变更主要执业机构"):
        open_draft(physician.account, "doctor_change_location")


@pytest.mark.django_db
def test_the_rule_gives_a_number_of_the_new_category(houses, haidian, desk):
    walk = BY_CODE["doctor_change_category"]
    RuleValue.objects.create(code="doctors.number_by_category", value=1, valid_from=date(2020, 1, 1), article="test")
    assert rules.value("doctors.number_by_category", TODAY) == 1
    doctor, before = prepared(walk, houses, haidian)
    decided(drafted(walk, doctor), walk, doctor, houses, desk)
    with acting_as_system("test"):
        now = standing_of(doctor)
        valid = Certificate.objects.filter(subject_id=doctor.subject, status=Status.VALID)
        assert [each.number for each in valid] == [now.practice_number]
    assert now.practice_number != before.practice_number
    assert now.practice_number.startswith("130110108")


@pytest.mark.django_db
def test_the_rule_gives_a_new_number_on_registering_again(houses, haidian, desk):
    walk = BY_CODE["doctor_reregistration"]
    RuleValue.objects.create(code="doctors.number_restored", value=0, valid_from=date(2020, 1, 1), article="test")
    doctor, before = prepared(walk, houses, haidian)
    decided(drafted(walk, doctor), walk, doctor, houses, desk)
    with acting_as_system("test"):
        now = standing_of(doctor)
    assert now.practice_number != before.practice_number
    assert now.first_practised_on == before.first_practised_on


@pytest.mark.django_db
def test_who_went_to_another_province_is_recorded_by_two_persons(houses, haidian, reviewer, decider):
    doctor = person("程知微", haidian)
    registered_at(doctor, houses.here, haidian)
    with acting_as(reviewer):
        case = propose(
            reviewer,
            "doctor_move_out",
            subject_id=doctor.subject,
            subject_name=doctor.name,
            authority_scope=haidian.pk,
            evidence="收到河北省示范市卫生健康局的准予变更通知。",
            answers={
                "moving": {
                    "province": "13",
                    "admitted_on": str(TODAY),
                    "authority": "河北省示范市卫生健康局",
                    "reference": "冀函 1 号",
                }
            },
        )
    case = go_on(case, "enact", decider, reason="已核对。")
    with acting_as_system("test"):
        now = Registration.objects.as_of(TODAY).get(subject_id=doctor.subject)
        certificate = Certificate.objects.get(subject_id=doctor.subject)
    assert (now.status, certificate.status) == ("MOVED", Status.REVOKED)
    entry = must_see(now.practice_number)
    assert entry.answer == "现在本市没有执业注册，不得在本市执业"
    assert "河北" not in entry.page
    assert "河北省示范市卫生健康局" in case.summary
    assert seen_by(reviewer, doctor) == 2
