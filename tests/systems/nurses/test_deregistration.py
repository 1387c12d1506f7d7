"""How a nurse's registration ends: at her request, reported, after her term, on a document, after a hearing, to another province."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import begun
from tests.systems.nurses.test_collective_renewal import employ
from tests.walking import perform_many
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate
from yizheng.kernel.codes import table
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Paper
from yizheng.licensing.ports.consequences import act_of
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses import deregistration
from yizheng.systems.nurses.deregistration import Party
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.practitioners.models import RegistrationBar

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
TERM_TO = date(2025, 5, 11)
ON_RECORD, EX_OFFICIO = "nurse_deregistration_on_record", "nurse_ex_officio_deregistration"
JUDGED: dict[str, Any] = {"authority_name": "海淀区人民法院", "document_number": "（2026）京0108民特1号"}


def now(nurse: Account) -> NurseRegistration:
    with acting_as_system("test"):
        return NurseRegistration.objects.as_of(TODAY).get(subject_id=nurse.subject_id or 0)


def term_ends(nurse: Account, last: date) -> None:
    """The same registration, whose term ends on another day."""
    held = now(nurse)
    with acting_as_system("test"), changing(kind=ChangeKind.CORRECTION, actor=None, cause="test") as change:
        values = {**held.values(), "term_to": last}
        change.state(
            NurseRegistration, held.subject_id, LINE, values, valid_from=TODAY, authority_scope=held.authority_scope
        )


def recorded(reviewer, nurse, haidian, cause: str, code: str = ON_RECORD, **typed: Any) -> Case:
    ground = {"cause": cause, "event_on": TODAY.isoformat(), **typed}
    return begun(reviewer, nurse, haidian, code, {"ground": ground})


def ended(nurse: Account) -> tuple[str, str, str]:
    with acting_as_system("test"):
        certificate = Certificate.objects.get(subject_id=nurse.subject_id or 0)
        assert not RegistrationBar.objects.filter(subject_id=nurse.subject_id or 0).exists()
    return now(nurse).status, now(nurse).reason, certificate.ending


def test_each_reason_is_for_its_own_to_bring() -> None:
    for reason in table("nurse_deregistration_reason").items():
        for initiator in ("person", "institution", "authority"):
            found = deregistration.reason_fits_initiator(
                Party(registered=True, cause=reason.code, initiator=initiator), TODAY
            )
            assert [each.code for each in found] == ([] if initiator in reason.many("initiators") else ["N-INITIATOR"])
    nothing = deregistration.reason_fits_initiator(Party(registered=True), TODAY)
    assert [each.message for each in nothing] == ["没有写明注销的原因"]


@pytest.mark.parametrize(
    ("on", "expected"), [(TERM_TO - ONE_DAY, ["N-TERM"]), (TERM_TO, ["N-TERM"]), (TERM_TO + ONE_DAY, [])]
)
def test_a_term_is_over_the_day_after_its_last(on: date, expected: list[str]) -> None:
    party = Party(registered=True, cause="N01", term_to=TERM_TO)
    assert [each.code for each in deregistration.term_is_over(party, on)] == expected


def test_a_term_is_not_over_while_a_renewal_is_undecided() -> None:
    party = Party(registered=True, cause="N01", term_to=TERM_TO, renewing=True)
    (found,) = deregistration.term_is_over(party, TERM_TO + ONE_DAY)
    assert "尚未办结" in found.message
    assert [each.short for each in found.articles] == ["行政许可法第五十条"]
    death = Party(registered=True, cause="N03", term_to=TERM_TO, renewing=True)
    assert not deregistration.term_is_over(death, TERM_TO)


@pytest.mark.parametrize(("after", "expected"), [(-1, []), (0, []), (1, ["N-HAPPENED"])])
def test_nothing_ends_for_what_is_still_to_come(after: int, expected: list[str]) -> None:
    party = Party(registered=True, cause="N03", event_on=TODAY + timedelta(days=after))
    assert [each.code for each in deregistration.has_happened(party, TODAY)] == expected


def test_a_loss_of_capacity_rests_on_a_finding_and_a_death_does_not() -> None:
    bare = Party(registered=True, cause="N04", event_on=TODAY)
    assert [each.code for each in deregistration.rests_on_a_document(bare, TODAY)] == ["N-DOCUMENT"]
    named = Party(registered=True, cause="N04", event_on=TODAY, **JUDGED)
    dead = Party(registered=True, cause="N03", event_on=TODAY)
    assert not [*deregistration.rests_on_a_document(named, TODAY), *deregistration.rests_on_a_document(dead, TODAY)]


@pytest.mark.django_db
def test_a_nurse_gives_her_registration_up(registered, walker, nurse):
    case = walker.draft(nurse, "nurse_deregistration", {"ground": {"cause": "N06", "event_on": TODAY.isoformat()}})
    walker.walk(case)
    assert ended(nurse) == ("DEREG", "N06", "cancelled")
    assert PublicPractitioner.objects.get(subject=nurse.subject_id).standing == "DEREG"
    with acting_as(nurse), pytest.raises(NotPossibleError, match="没有在册的注册"):
        open_draft(nurse, "nurse_deregistration")


@pytest.mark.django_db
def test_her_institution_reports_a_death(registered, walker, nurse, hospital):
    item = registered.item
    (candidate,) = [each for each in item.staff(hospital.scope, TODAY) if each.subject_id == nurse.subject_id]
    typed = {"ground": {"cause": "N03", "event_on": (TODAY - ONE_DAY).isoformat()}}
    case = walker.draft(hospital.operator, "nurse_deregistration", typed, person=candidate, institution=hospital.scope)
    with acting_as(hospital.operator):
        assert [each.material for each in Paper.objects.filter(case=case)] == ["proof_n03"]
    walker.walk(go_on(case, "submit", hospital.operator))
    assert ended(nurse) == ("DEREG", "N03", "cancelled")


@pytest.mark.django_db
def test_an_ended_term_is_proposed_and_entered_by_two(registered, nurse, reviewer, decider, haidian):
    act = act_of("nurse.clock.nurse_term", TODAY)
    assert act is not None
    assert (act.item, act.answers) == (ON_RECORD, {"ground": {"cause": "N01"}})
    term_ends(nurse, TODAY)
    case = recorded(reviewer, nurse, haidian, "N01")
    with acting_as(decider), pytest.raises(NotPossibleError, match="才届满"):
        go_on(case, "enact", decider, reason="属实。")
    term_ends(nurse, TODAY - ONE_DAY)
    go_on(case, "enact", decider, reason="有效期已过，未延续。")
    assert ended(nurse) == ("DEREG", "N01", "cancelled")


@pytest.mark.django_db
def test_the_list_of_ended_terms_is_opened_in_one_go_and_each_is_decided_by_another(
    client, hospital, haidian, reviewer, decider
):
    over = employ(hospital, haidian, 3, TODAY - ONE_DAY)
    run(TODAY)
    sign_in(client, reviewer)
    assert "全部 3 项" in client.get("/proposals/").content.decode()
    answer = client.post("/proposals/begin/", {"whole": "nurse.clock.nurse_term"}, follow=True)
    assert "已立案 3 件" in answer.content.decode()
    assert "请先选择" in client.post("/proposals/begin/", {"row": ["x"]}).content.decode()
    with acting_as(decider):
        cases = list(Case.objects.visible_to(decider).filter(item_code=ON_RECORD))
        assert {each.problem for each in perform_many(cases, "enact", decider, "有效期已过，未延续。")} == {""}
    with acting_as_system("test"):
        ends = NurseRegistration.objects.as_of(TODAY).filter(subject_id__in=[subject for subject, *_ in over])
        assert {(each.status, each.reason) for each in ends} == {("DEREG", "N01")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cause", "status", "ending"),
    [("N02", "REVOKED", "penalty"), ("N04", "DEREG", "cancelled"), ("N05", "ANNULLED", "annulled")],
)
def test_a_document_in_force_is_entered_by_two(registered, nurse, reviewer, decider, haidian, cause, status, ending):
    go_on(recorded(reviewer, nurse, haidian, cause, **JUDGED), "enact", decider, reason="文书属实。")
    assert ended(nurse) == (status, cause, ending)


@pytest.mark.django_db
def test_another_case_of_the_law_is_heard_first(registered, nurse, reviewer, decider, haidian):
    case = recorded(reviewer, nurse, haidian, "N99", EX_OFFICIO)
    go_on(case, "give_notice", reviewer, reason="拟注销，请陈述申辩。")
    with acting_as(reviewer), pytest.raises(NotPossibleError):
        go_on(case, "submit_for_decision", reviewer)
    assert now(nurse).status == "REG"
    offered: Any = deregistration.HeardStep().fields["cause"]
    assert [code for code, _ in offered.choices if code] == ["N99"]
    assert working_calendar().add_working_days(TODAY, 5) > TODAY


@pytest.mark.django_db
def test_a_nurse_who_went_to_another_province_is_recorded_by_two(registered, nurse, reviewer, decider, haidian):
    typed = {
        "province": "13", "admitted_on": TODAY.isoformat(), "authority": "石家庄市卫生健康委员会", "reference": "冀2026-1",
    }  # fmt: skip
    case = begun(reviewer, nurse, haidian, "nurse_move_out", {"moving": typed})
    go_on(case, "enact", decider, reason="国家系统记录属实。")
    assert ended(nurse) == ("MOVED", "", "cancelled")
    with acting_as(nurse), pytest.raises(NotPossibleError, match="注册已转出外省"):
        open_draft(nurse, "nurse_deregistration")
