"""The leave filing from the institution's form to the register, its withdrawal as never made, and rehiring after retirement."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import FURTHER, HOSPITAL, filing_of, found, go_on
from tests.systems.doctors.public import must_see, number_of
from tests.walking import picture
from yizheng.kernel.calendar import natural_days, state_council_calendar
from yizheng.licensing.cases import examining
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Deadline, Proposal
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.filings import leave as leaving
from yizheng.systems.doctors.filings import rehire as rehiring
from yizheng.systems.doctors.filings.leave import Leaver, Returner
from yizheng.systems.doctors.filings.rehire import Retiree
from yizheng.systems.doctors.models import LeaveFiling, Registration
from yizheng.work.models import Notice

LEAVE = "doctor_leave_filing"
WITHDRAW = "doctor_leave_filing_cancel"
REHIRE = "doctor_retired_rehire"
DAY = timedelta(days=1)


def standing(doctor):
    with acting_as_system("test"):
        return Registration.objects.as_of(timezone.localdate()).get(subject_id=doctor.subject_id)


def leave_draft(house, doctor, **typed):
    today = timezone.localdate()
    typed = {"cause": "L01", "left_on": today.isoformat(), "completed_on": today.isoformat(), **typed}
    with acting_as(house.operator):
        case = open_for(house.operator, LEAVE, doctor.subject_id, doctor.display_name, house.scope)
        case = keep(case, house.operator, {"leave": typed})
        hand_in(case, house.operator, case.item.materials[0], picture((800, 600)), "离岗证明.jpg")
    return case


@pytest.fixture
def left(registered, doctor, hospital):
    """The doctor after the hospital filed that she left."""
    go_on(leave_draft(hospital, doctor), "submit", hospital.operator)
    return doctor


@pytest.mark.django_db
def test_the_institution_files_and_the_registration_stands_without_it(filed, hospital, acceptor):
    case = go_on(leave_draft(hospital, filed), "submit", hospital.operator)
    today, now = timezone.localdate(), standing(filed)
    assert (now.status, now.reason, now.institution_id, now.stands) == ("LEFT", "L01", None, True)
    assert filing_of(filed) is None
    assert "1 处多机构备案终止" in case.summary
    with acting_as_system("test"):
        filing = LeaveFiling.objects.as_of(today).get()
        recompute(today)
        assert Deadline.objects.filter(clock="leave", subject_id=filed.subject_id).count() == 0
        recompute(today + timedelta(days=700))
        assert Deadline.objects.filter(clock="leave", subject_id=filed.subject_id).count() == 1
    assert (filing.institution_id, filing.left_on) == (hospital.subject, today)
    assert Notice.objects.filter(account=filed, title__contains="离岗").exists()
    entry = must_see(number_of(filed))
    assert (entry.state, entry.answer) == ("离岗备案", "已离岗备案，目前不得执业")
    assert entry.said("主要执业机构", "多机构备案") == ("—", "")
    assert go_on(case, "check_off", acceptor).state == "filed"


@pytest.mark.django_db
def test_filings_stay_for_who_applied_to_make_another_institution_her_main_one(filed, hospital, haidian):
    with acting_as_system("test"):
        Case.objects.create(
            number="26-900001", item_code="doctor_change_main_institution", rules_on=timezone.localdate(),
            shape="licence", subject_id=filed.subject_id, applicant_name="x", state="reviewing",
            authority_scope=haidian.pk,
        )  # fmt: skip
    go_on(leave_draft(hospital, filed), "submit", hospital.operator)
    assert filing_of(filed) is not None


@pytest.mark.django_db
def test_only_the_main_institution_files(registered, doctor, chaoyang):
    other = found(FURTHER, chaoyang, "110105")
    with acting_as(other.operator), pytest.raises(NotPossibleError, match="只能为本机构"):
        open_for(other.operator, LEAVE, doctor.subject_id, doctor.display_name, other.scope)
    with acting_as(doctor), pytest.raises(NotPossibleError):
        open_draft(doctor, LEAVE)


@pytest.mark.django_db
def test_a_clerk_does_not_file_for_an_institution(registered, doctor, hospital, acceptor):
    with acting_as(acceptor), pytest.raises(NotPermittedError):
        open_for(acceptor, LEAVE, doctor.subject_id, doctor.display_name, hospital.scope)


@pytest.mark.django_db
def test_an_effect_that_fails_leaves_nothing(registered, doctor, hospital, monkeypatch):
    from yizheng.systems.doctors.filings import leave as leave_filing

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(leave_filing, "end_special", fails)
    case = leave_draft(hospital, doctor)
    with acting_as(hospital.operator), pytest.raises(RuntimeError):
        perform(case, "submit", hospital.operator)
    assert standing(doctor).status == "REG"
    with acting_as_system("test"):
        assert not LeaveFiling.objects.exists()


def leaver(**values):
    return Leaver(register_status="REG", **values)


def codes(found):
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 10, 7), []), (date(2026, 10, 8), []), (date(2026, 10, 9), ["D-L03"])]
)
def test_thirty_days_end_on_a_working_day(on, expected):
    """Formalities on 2026-09-05: the thirtieth day lies in the holiday of October and moves to the 8th."""
    file_by = state_council_calendar().due(date(2026, 9, 5), natural_days(30)).last
    assert file_by == date(2026, 10, 8)
    assert codes(leaving.filed_in_time(leaver(file_by=file_by), on)) == expected


def test_what_is_to_come_is_not_filed():
    tomorrow = leaver(left_on=date(2026, 5, 2), completed_on=date(2026, 5, 2))
    assert codes(leaving.has_left(tomorrow, date(2026, 5, 1))) == ["D-L02", "D-L02"]
    assert codes(leaving.has_left(tomorrow, date(2026, 5, 2))) == []


def test_who_is_rehired_where_she_was_did_not_leave():
    assert codes(leaving.not_rehired_here(leaver(reason="L02", employment="rehired"), date(2026, 5, 1))) == ["D-L04"]
    assert codes(leaving.not_rehired_here(leaver(reason="L01", employment="rehired"), date(2026, 5, 1))) == []
    assert codes(leaving.not_rehired_here(leaver(reason="L02", employment="contract"), date(2026, 5, 1))) == []


def withdraw(house, doctor):
    with acting_as(house.operator):
        case = open_for(house.operator, WITHDRAW, doctor.subject_id, doctor.display_name, house.scope)
        case = keep(case, house.operator, {"withdrawal": {"statement": "当事人系外出进修，没有离岗。"}})
        hand_in(case, house.operator, case.item.materials[0], picture((800, 600)), "说明.jpg")
    return case


@pytest.mark.django_db
def test_a_filing_made_in_error_is_taken_back_as_if_never_made(filed, hospital, further):
    before = standing(filed)
    go_on(leave_draft(hospital, filed), "submit", hospital.operator)
    go_on(withdraw(hospital, filed), "submit", hospital.operator)
    now = standing(filed)
    assert now.what_is_said() == before.what_is_said()
    assert filing_of(filed).institution_id == further.subject
    with acting_as_system("test"):
        assert not LeaveFiling.objects.as_of(timezone.localdate()).exists()
        recompute(timezone.localdate() + timedelta(days=700))
        assert not Deadline.objects.filter(clock="leave", subject_id=filed.subject_id).exists()
    entry = must_see(number_of(filed))
    assert entry.said("主要执业机构", "多机构备案") == (HOSPITAL, FURTHER)
    assert "离岗" not in "".join(entry.history)


@pytest.mark.django_db
def test_who_did_not_file_does_not_withdraw_and_what_was_built_upon_stays(left, hospital, haidian, chaoyang):
    other = found(FURTHER, chaoyang, "110105")
    with acting_as(other.operator), pytest.raises(NotPossibleError, match="只能为本机构"):
        open_for(other.operator, WITHDRAW, left.subject_id, left.display_name, other.scope)
    case = withdraw(hospital, left)
    now = standing(left)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.state(
            Registration, left.subject_id, now.line, {**now.values(), "remark": "更正"},
            valid_from=now.valid_from, authority_scope=haidian.pk,
        )  # fmt: skip
    with acting_as(hospital.operator):
        found_now = examining.examine(Case.objects.get(pk=case.pk), timezone.localdate()).findings
        assert codes(found_now.blocks) == ["D-L06"]


def test_withdrawing_is_for_who_filed():
    assert codes(leaving.withdrawn_by_who_filed(Returner(register_status="LEFT"), date(2026, 1, 1))) == ["D-L05"]


@pytest.mark.django_db
def test_the_doctor_objects_and_the_question_is_put_to_the_authority(
    client: Client, left, hospital, acceptor, reviewer, doctor
):
    page = sign_in(client, left).get("/my/records/").content.decode()
    assert "对离岗备案有异议" in page
    answer = client.post("/my/records/objection/", {"to": "leave", "words": "  "}, follow=True)
    assert "请写明异议的理由" in answer.content.decode()
    answer = client.post("/my/records/objection/", {"to": "leave", "words": "本人仍在岗，备案有误。"}, follow=True)
    assert "异议已送登记机关" in answer.content.decode()
    client.post("/my/records/objection/", {"to": "leave", "words": "再说一次。"})
    with acting_as_system("test"):
        put = Proposal.objects.get(title__contains="异议")
    assert "本人仍在岗" in put.title
    assert Notice.objects.filter(scope=hospital.scope, title__contains="异议").exists()
    assert "本人仍在岗" in sign_in(client, reviewer).get("/proposals/").content.decode()


@pytest.mark.django_db
def test_who_was_not_filed_has_nothing_to_object_to(client: Client, registered, doctor):
    sign_in(client, doctor)
    assert "对离岗备案有异议" not in client.get("/my/records/").content.decode()
    assert client.post("/my/records/objection/", {"to": "leave", "words": "x"}).status_code == 404


def rehire_draft(doctor, **typed):
    today = timezone.localdate()
    typed = {
        "situation": "same", "institution": HOSPITAL, "retired_on": today.isoformat(),
        "rehired_from": today.isoformat(), **typed,
    }  # fmt: skip
    with acting_as(doctor):
        case = keep(open_draft(doctor, REHIRE), doctor, {"rehire": typed})
        for material in case.item.materials:
            hand_in(case, doctor, material, picture((800, 600)), "证明.jpg")
    return case


@pytest.mark.django_db
def test_who_retires_and_stays_is_entered_as_rehired_and_nothing_else_changes(registered, doctor, hospital):
    before = standing(doctor)
    case = go_on(rehire_draft(doctor), "submit", doctor)
    assert standing(doctor).employment == "contract"
    go_on(case, "confirm", hospital.operator)
    now = standing(doctor)
    assert now.employment == "rehired"
    assert {**now.values(), "employment": "x"} == {**before.values(), "employment": "x"}
    assert "返聘" not in must_see(number_of(doctor)).page
    with acting_as(hospital.operator):
        again = leave_draft(hospital, doctor, cause="L02")
        assert codes(examining.examine(again, timezone.localdate()).findings.blocks) == ["D-L04"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"situation": "same", "at_main": True}, []),
        ({"situation": "same", "at_main": False}, ["D-RH01"]),
        ({"situation": "same", "at_main": True, "register_status": "LEFT"}, ["D-RH01"]),
        ({"situation": "same", "at_main": True, "employment": "rehired"}, ["D-RH04"]),
        ({"situation": "other"}, ["D-RH02"]),
        ({"situation": "other", "register_status": "LEFT"}, ["D-RH02"]),
        ({"situation": "filings"}, ["D-RH03"]),
    ],
)
def test_each_way_of_working_on_is_led_where_it_belongs(values, expected):
    retiree = Retiree(**{"register_status": "REG", "named": HOSPITAL, **values})
    rules = (
        rehiring.rehired_by_the_main_institution,
        rehiring.another_institution_becomes_the_main_one,
        rehiring.filings_alone_do_not_carry,
        rehiring.not_rehired_yet,
    )
    assert [code for rule in rules for code in codes(rule(retiree, date(2026, 5, 1)))] == expected
