"""The end of a registration: on application, reported by the institution, on a document in force; its reasons one by one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import filing_of, go_on
from tests.systems.doctors.public import announced, must_see, number_of
from tests.walking import Desk, picture, walker
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate
from yizheng.kernel.codes import table
from yizheng.licensing.answers import load
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.models import Registration, SpecialQualification
from yizheng.systems.doctors.registration import deregistration
from yizheng.systems.doctors.registration.deregistration import Party
from yizheng.systems.practitioners.models import RegistrationBar

APPLY = "doctor_deregistration"
ON_RECORD = "doctor_deregistration_on_record"
EX_OFFICIO = "doctor_ex_officio_deregistration"
DAY = timedelta(days=1)


def apply(case, account, **ground):
    today = timezone.localdate().isoformat()
    ground = {"event_on": today, **ground}
    with acting_as(account):
        case = keep(case, account, {"ground": ground})
        gathered = case.item.gather(load(case), case.subject_id, timezone.localdate())
        for material in case.item.needed_materials(gathered, timezone.localdate()):
            hand_in(case, account, material, picture((800, 600)), "证明.jpg")
    return case


def decide(case, acceptor, reviewer, decider):
    return walker(decider, None, Desk(acceptor, reviewer, decider)).walk(case)


def now(doctor, on=None):
    with acting_as_system("test"):
        return Registration.objects.as_of(on or timezone.localdate()).get(subject_id=doctor.subject_id)


@pytest.mark.django_db
def test_a_doctor_gives_up_her_registration_and_everything_on_it_ends(filed, acceptor, reviewer, decider):
    with acting_as(filed):
        case = open_draft(filed, APPLY)
    case = apply(case, filed, cause="D11")
    assert [each.code for each in case.item.materials if each.code == "proof_d11"]
    decide(go_on(case, "submit", filed), acceptor, reviewer, decider)
    ended = now(filed)
    assert (ended.status, ended.reason, ended.stands) == ("DEREG", "D11", False)
    assert filing_of(filed) is None
    with acting_as_system("test"):
        assert SpecialQualification.objects.as_of(timezone.localdate()).get().status == "ENDED"
        assert not RegistrationBar.objects.exists()
        (certificate,) = Certificate.objects.filter(subject_id=filed.subject_id)
    assert (certificate.status, certificate.ending) == ("revoked", "cancelled")
    public = PublicPractitioner.objects.get(subject=filed.subject_id)
    assert (public.standing, public.others) == ("DEREG", [])
    entry = must_see(number_of(filed))
    assert (entry.state, entry.answer) == ("已注销", "注册已注销，不得执业")
    assert "多机构备案" not in entry.fields
    assert filed.display_name in announced("ended", f"{timezone.localdate():%Y-%m}", filed.display_name)


@pytest.mark.django_db
def test_an_institution_reports_and_the_reason_of_health_is_never_published(
    registered, doctor, hospital, acceptor, reviewer, decider, client
):
    with acting_as(hospital.operator):
        case = open_for(hospital.operator, APPLY, doctor.subject_id, doctor.display_name, hospital.scope)
    case = apply(case, hospital.operator, cause="D08", known_on=timezone.localdate().isoformat())
    decide(go_on(case, "submit", hospital.operator), acceptor, reviewer, decider)
    assert now(doctor).status == "DEREG"
    with acting_as_system("test"):
        assert RegistrationBar.objects.get(subject_id=doctor.subject_id).ground == "R07"
    entry = PublicPractitioner.objects.get(subject=doctor.subject_id)
    assert (entry.ended_on, entry.ended_because) == (timezone.localdate(), "不再执业")
    month = f"{timezone.localdate():%Y-%m}"
    listed = client.get("/public/lists/", {"kind": "ended", "month": month}).content.decode()
    assert entry.name in listed
    said = listed + client.get(f"/public/doctors/{entry.token}/").content.decode() + str(vars(entry))
    assert "身体健康" not in said
    assert "不适宜" not in said


@pytest.mark.parametrize(
    ("reason", "initiator", "expected"),
    [
        ("D11", "person", []),
        ("D11", "institution", ["D-D20"]),
        ("D01", "institution", []),
        ("D01", "person", ["D-D20"]),
        ("D12", "authority", []),
        ("D12", "person", ["D-D20"]),
        ("", "person", ["D-D20"]),
    ],
)
def test_each_reason_has_its_own_who(reason, initiator, expected):
    party = Party(registered=True, cause=reason, initiator=initiator)
    found = deregistration.reason_fits_initiator(party, date(2026, 5, 1))
    assert [each.code for each in found] == expected


@pytest.mark.parametrize(
    ("on", "years_inside", "expected"),
    [
        (date(2026, 5, 9), True, ["D-D07"]),
        (date(2026, 5, 10), True, ["D-D07"]),
        (date(2026, 5, 11), True, []),
        (date(2026, 5, 10), False, []),
    ],
)
def test_two_years_without_practice(on, years_inside, expected):
    periods = Periods(anniversary_inside=years_inside)
    party = Party(registered=True, cause="D07", event_on=date(2024, 5, 10), periods=periods)
    assert [each.code for each in deregistration.interrupted_for_two_years(party, on)] == expected


@pytest.mark.parametrize(("on", "expected"), [(date(2025, 12, 31), ["D-D06"]), (date(2026, 1, 1), [])])
def test_two_cycles_without_assessment(on, expected):
    party = Party(registered=True, cause="D06", second_cycle_ends=date(2025, 12, 31))
    assert [each.code for each in deregistration.missed_two_cycles(party, on)] == expected


def test_what_rests_on_a_decision_names_it():
    bare = Party(registered=True, cause="D03", event_on=date(2026, 4, 1))
    assert [each.code for each in deregistration.rests_on_a_document(bare, date(2026, 5, 1))] == ["D-D23"]
    assert [each.code for each in deregistration.sentence_has_an_end(bare, date(2026, 5, 1))] == ["D-D24"]
    late = Party(
        registered=True, cause="D01", initiator="institution", known_on=date(2026, 3, 1), report_by=date(2026, 3, 31)
    )
    assert [each.code for each in deregistration.reported_in_time(late, date(2026, 3, 31))] == []
    assert [each.code for each in deregistration.reported_in_time(late, date(2026, 4, 1))] == ["D-D22"]


def on_record(doctor, reviewer, haidian, **ground):
    with acting_as(reviewer):
        return propose(
            reviewer, ON_RECORD, subject_id=doctor.subject_id, subject_name=doctor.display_name,
            authority_scope=haidian.pk, evidence="文书已生效。", answers={"ground": ground},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "status", "ending", "ground", "counted"),
    [
        ("D01", "DEREG", "cancelled", None, None),
        ("D03", "DEREG", "cancelled", "R02", "event"),
        ("D04", "REVOKED", "penalty", "R04", "event"),
        ("D05", "DEREG", "cancelled", "R05", "ended"),
        ("D13", "ANNULLED", "annulled", "R11", "event"),
    ],
)
@pytest.mark.django_db
def test_a_document_in_force_is_entered_by_two_and_leaves_its_ground(
    registered, doctor, reviewer, decider, haidian, reason, status, ending, ground, counted
):
    today = timezone.localdate()
    typed = {
        "cause": reason, "event_on": today.isoformat(), "authority_name": "海淀区人民法院",
        "document_number": "（2026）京0108刑初1号", "served_on": (today - 9 * DAY).isoformat(),
    }  # fmt: skip
    case = on_record(doctor, reviewer, haidian, **typed)
    assert case.state == "deciding"
    with acting_as(reviewer), pytest.raises(NotPermittedError):
        perform(type(case).objects.get(pk=case.pk), "enact", reviewer, reason="x")
    go_on(case, "enact", decider, reason="文书属实")
    assert (now(doctor).status, now(doctor).reason) == (status, reason)
    entry = must_see(number_of(doctor))
    said = {
        "DEREG": ("已注销", "注册已注销，不得执业"),
        "REVOKED": ("吊销（执业证书）", "执业证书已被吊销，不得执业"),
        "ANNULLED": ("撤销（执业注册）", "执业注册已被撤销，不得执业"),
    }
    assert (entry.state, entry.answer) == said[status]
    line = announced("ended", f"{today:%Y-%m}", doctor.display_name)
    assert table("doctor_deregistration_reason")[reason].attributes["announced_as"] in line
    assert not any(words in line + entry.page for words in ("刑初", "人民法院"))
    with acting_as_system("test"):
        assert Certificate.objects.get(subject_id=doctor.subject_id).ending == ending
        bars = {each.ground: each.valid_from for each in RegistrationBar.objects.all()}
    counts_from = {"served": today - 9 * DAY, "event": today, "ended": today}
    assert bars == ({} if ground is None else {ground: counts_from[counted]})


@pytest.mark.django_db
def test_what_must_be_heard_is_not_entered_on_record_and_nothing_ends_twice(
    registered, doctor, reviewer, decider, haidian
):
    case = on_record(doctor, reviewer, haidian, cause="D03", event_on=timezone.localdate().isoformat())
    with acting_as(decider), pytest.raises(NotPossibleError, match="须写明决定机关和文书号"):
        perform(type(case).objects.get(pk=case.pk), "enact", decider, reason="x")
    assert now(doctor).status == "REG"
    heard = {
        code
        for code in table("doctor_deregistration_reason")
        if table("doctor_deregistration_reason")[code].flag("heard")
    }
    from yizheng.systems.doctors.registration.deregistration import DecidedStep, HeardStep

    offered: Any = HeardStep().fields["cause"]
    decided: Any = DecidedStep().fields["cause"]
    assert {code for code, _ in offered.choices if code} == heard
    assert not heard & {code for code, _ in decided.choices}


@pytest.mark.django_db
def test_an_effect_that_fails_leaves_the_registration(registered, doctor, acceptor, reviewer, decider, monkeypatch):
    from yizheng.systems.doctors import item

    def fails(*args, **kwargs):
        raise RuntimeError

    with acting_as(doctor):
        case = open_draft(doctor, APPLY)
    case = go_on(
        go_on(go_on(apply(case, doctor, cause="D11"), "submit", doctor), "accept", acceptor), "pass_review", reviewer
    )
    monkeypatch.setattr(item, "end_dependents", fails)
    with acting_as(decider), pytest.raises(RuntimeError):
        perform(type(case).objects.get(pk=case.pk), "grant", decider, reason="x")
    assert now(doctor).status == "REG"
    with acting_as_system("test"):
        assert Certificate.objects.get(subject_id=doctor.subject_id).status == "valid"


@pytest.mark.django_db
def test_who_is_not_registered_has_nothing_to_give_up(doctor):
    with acting_as(doctor), pytest.raises(NotPossibleError, match="没有在册的注册"):
        open_draft(doctor, APPLY)


@pytest.mark.django_db
def test_an_institution_must_say_when_it_knew(registered, doctor, hospital):
    with acting_as(hospital.operator):
        case = open_for(hospital.operator, APPLY, doctor.subject_id, doctor.display_name, hospital.scope)
        case = keep(case, hospital.operator, {"ground": {"cause": "D01", "event_on": "2026-05-01"}})
        found = examining.examine(case, timezone.localdate()).findings
    assert [each.code for each in found.blocks] == ["D-D22"]
