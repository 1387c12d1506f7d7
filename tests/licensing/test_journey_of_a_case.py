"""What a case goes through, who may move it, and what everybody is told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from yizheng.documents.models import Instrument
from yizheng.kernel.calendar import state_council_calendar
from yizheng.licensing.cases.corrections import reply_by
from yizheng.licensing.jobs import deem_accepted, lapse
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError, perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


def instruments(case: Case, actor: Account) -> list[str]:
    with acting_as(actor):
        found = Instrument.objects.visible_to(actor).filter(case_ref=f"case:{case.pk}").order_by("pk")
        return list(found.values_list("kind", flat=True))


def test_a_draft_is_seen_by_nobody_but_the_applicant(draft, applicant, institution, acceptor) -> None:
    case = draft()
    for other in (institution.operator, acceptor):
        with acting_as(other):
            assert not Case.objects.filter(pk=case.pk).exists()
    with acting_as(applicant):
        assert Case.objects.filter(pk=case.pk).exists()


def test_personal_answers_lie_sealed(draft, owner_connection) -> None:
    case = draft()
    assert "11010519900307123X" not in str(case.answers)
    assert "11010519900307123X" not in case.sealed_answers
    assert case.sealed_answers


def test_a_second_start_takes_up_the_draft_there_is(draft, applicant) -> None:
    case = draft()
    with acting_as(applicant):
        assert open_draft(applicant, "sample_licence").pk == case.pk


def test_a_blocked_draft_is_not_submitted_and_says_why(draft, applicant) -> None:
    case = draft(years="2")
    with acting_as(applicant), pytest.raises(NotPossibleError, match="须满 3 年"):
        perform(case, "submit", applicant)
    with acting_as(applicant):
        case.refresh_from_db()
        assert case.state == CaseState.DRAFT


def test_an_incomplete_form_and_a_missing_paper_bar_submission(draft, applicant) -> None:
    empty, unpapered = draft(district=""), draft("sample_papered")
    for case in (empty, unpapered):
        with acting_as(applicant), pytest.raises(NotPossibleError, match="1 处要改"):
            perform(case, "submit", applicant)


def test_from_draft_to_grant_by_five_people(draft, on_its_way, applicant, decider) -> None:
    case = on_its_way(draft(), "deciding")
    with acting_as(decider):
        case = Case.objects.visible_to(decider).get(pk=case.pk)
        perform(case, "grant", decider, reason="符合条件")
    assert case.state == CaseState.GRANTED
    assert case.change_id
    assert case.summary == "准予样例许可"
    assert instruments(case, applicant) == ["acceptance_notice", "grant"]
    with acting_as(applicant):
        titles = list(Notice.objects.visible_to(applicant).values_list("title", flat=True))
        verbs = list(CaseEvent.objects.filter(case=case).order_by("id").values_list("verb", flat=True))
    assert any("准予样例许可" in title for title in titles)
    assert verbs == ["submit", "confirm", "accept", "pass_review", "grant"]


def test_one_person_does_not_bring_a_licence_about_alone(draft, on_its_way, acceptor, haidian) -> None:
    from yizheng.people.kinds import Role
    from yizheng.people.models import Grant

    for role in (Role.REVIEWER, Role.DECIDER):
        Grant.objects.create(account=acceptor, role=role, scope=haidian)
    case = on_its_way(draft(), "reviewing")
    with acting_as(acceptor), pytest.raises(NotPermittedError, match="换一人"):
        perform(Case.objects.get(pk=case.pk), "pass_review", acceptor)


def test_another_district_and_a_stranger_cannot_touch_it(draft, on_its_way, other_district_clerk, stranger) -> None:
    case = on_its_way(draft(), "received")
    for other in (other_district_clerk, stranger):
        with acting_as(other):
            assert not Case.objects.visible_to(other).filter(pk=case.pk).exists()
            with pytest.raises(NotPermittedError):
                perform(case, "accept", other)


def test_what_is_missing_is_told_once_and_whole(draft, on_its_way, applicant, acceptor) -> None:
    case = on_its_way(draft(), "received")
    with acting_as(acceptor):
        case = Case.objects.get(pk=case.pk)
        perform(case, "ask_correction", acceptor, reason="聘用证明缺盖章\n照片背景不是白色")
    assert case.due_on is None
    with acting_as(applicant):
        case = Case.objects.get(pk=case.pk)
        keep(case, applicant, {"about": {"years": "6"}})
        perform(case, "resubmit", applicant)
        assert case.state == CaseState.CORRECTED
    with acting_as(acceptor), pytest.raises(NotPossibleError, match="一次告知"):
        perform(Case.objects.get(pk=case.pk), "ask_correction", acceptor, reason="还缺")
    assert instruments(case, applicant) == ["correction_notice"]


def test_a_verb_that_wants_a_reason_is_not_done_without(draft, on_its_way, acceptor) -> None:
    case = on_its_way(draft(), "received")
    with acting_as(acceptor), pytest.raises(NotPossibleError, match="理由"):
        perform(Case.objects.get(pk=case.pk), "decline", acceptor, reason="  ")


def test_an_open_advice_bars_the_review_until_somebody_weighs_it(draft, on_its_way, reviewer) -> None:
    case = on_its_way(draft(doubtful="on"), "reviewing")
    with acting_as(reviewer):
        case = Case.objects.get(pk=case.pk)
        assert case.advice == 1
        with pytest.raises(NotPossibleError, match="处置 1 条提示"):
            perform(case, "pass_review", reviewer)
        dispose(case, reviewer, "I-SAMPLE2", accepted=False, reason="已电话核实")
        case = Case.objects.get(pk=case.pk)
        assert case.advice == 0
        perform(case, "pass_review", reviewer)
        assert case.proposal == "grant"


def test_a_refusal_names_its_grounds_and_tells_the_institution(
    draft, on_its_way, reviewer, decider, institution
) -> None:
    case = on_its_way(draft(doubtful="on"), "reviewing")
    with acting_as(reviewer):
        case = Case.objects.get(pk=case.pk)
        dispose(case, reviewer, "I-SAMPLE2", accepted=True, reason="属实")
        perform(case, "propose_refusal", reviewer, reason="申请内容有疑问")
    with acting_as(decider):
        case = Case.objects.get(pk=case.pk)
        perform(case, "refuse", decider, reason="不符合条件")
    assert case.state == CaseState.REFUSED
    assert instruments(case, institution.operator) == ["refusal"]
    with acting_as(institution.operator):
        assert Notice.objects.visible_to(institution.operator).filter(title__contains="不予许可").exists()


def test_a_rule_that_turned_against_the_case_stops_the_grant(draft, on_its_way, decider, monkeypatch) -> None:
    case = on_its_way(draft(), "deciding")
    monkeypatch.setattr(
        "tests.licensing.items.SampleLicence.gather",
        lambda *_: __import__("tests.licensing.items").licensing.items.Asked(1, False),
    )
    with acting_as(decider), pytest.raises(NotPossibleError, match="不能准予"):
        perform(Case.objects.get(pk=case.pk), "grant", decider)


def test_expert_review_stops_the_clock_and_is_told_in_writing(draft, on_its_way, reviewer, applicant) -> None:
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        case = Case.objects.get(pk=case.pk)
        perform(case, "start_procedure", reviewer, reason="需要专家评审")
        assert (case.due_on, case.clock_stopped) == (None, "需要专家评审")
        perform(case, "end_procedure", reviewer, reason="评审通过")
        assert case.due_on is not None
    assert "procedure_notice" in instruments(case, applicant)


def test_a_withdrawn_case_ends_clean(draft, on_its_way, applicant) -> None:
    case = on_its_way(draft(), "reviewing")
    with acting_as(applicant):
        case = Case.objects.get(pk=case.pk)
        perform(case, "withdraw", applicant, reason="改去外地")
        assert (case.state, case.due_on, case.change_id) == (CaseState.WITHDRAWN, None, None)
        assert open_draft(applicant, "sample_licence").pk != case.pk
    assert instruments(case, applicant)[-1] == "withdrawal"


def test_silence_for_five_working_days_is_acceptance_as_of_receipt(draft, on_its_way) -> None:
    case = on_its_way(draft(), "received")
    later = timezone.localdate() + timedelta(days=15)
    with acting_as_system("test"):
        assert deem_accepted(later) == 1
        case = Case.objects.get(pk=case.pk)
        assert case.state == CaseState.REVIEWING
        assert deem_accepted(later) == 0


def test_a_correction_that_never_came_ends_the_case(draft, on_its_way, acceptor) -> None:
    case = on_its_way(draft(), "received")
    with acting_as(acceptor):
        perform(Case.objects.get(pk=case.pk), "ask_correction", acceptor, reason="缺证明")
    with acting_as_system("test"):
        last = reply_by(timezone.localdate())
        assert [lapse(last - timedelta(days=1)), lapse(last), lapse(last + timedelta(days=1))] == [0, 0, 1]


@pytest.mark.parametrize(
    ("asked", "last"),
    [(date(2026, 2, 2), date(2026, 4, 3)), (date(2026, 2, 3), date(2026, 4, 7)), (date(2026, 2, 6), date(2026, 4, 7))],
)
def test_the_sixty_days_of_a_correction_end_on_a_working_day(asked, last) -> None:
    """The sixtieth days are Friday 3 April, Saturday 4 April in the Qingming holiday, and Tuesday 7 April."""
    assert reply_by(asked, state_council_calendar()) == last


def test_a_filing_takes_effect_on_submission_and_can_be_found_wanting(draft, applicant, acceptor) -> None:
    case = draft("sample_filing")
    with acting_as(applicant):
        perform(case, "submit", applicant)
        assert (case.state, bool(case.change_id)) == (CaseState.CHECKING, True)
        assert InstitutionLicence.objects.current().filter(subject_id=case.subject_id).exists()
    with acting_as(acceptor):
        case = Case.objects.get(pk=case.pk)
        perform(case, "unfile", acceptor, reason="协议是伪造的")
        assert case.state == CaseState.UNFILED
        assert not InstitutionLicence.objects.current().filter(subject_id=case.subject_id).exists()
    assert instruments(case, applicant) == ["unfiling"]


def test_an_act_of_the_authority_hears_the_party_before_it_decides(applicant, reviewer, decider, haidian) -> None:
    with acting_as(reviewer):
        case = propose(
            reviewer, "sample_act", subject_id=applicant.subject_id, subject_name="林知遥",
            authority_scope=haidian.pk, evidence="离岗已满二年", answers={"about": {"years": 5}},
        )  # fmt: skip
        perform(case, "give_notice", reviewer, reason="离岗已满二年，没有重新注册")
        with pytest.raises(NotPossibleError, match="听证结束"):
            perform(case, "conclude", reviewer, reason="无异议")
        perform(case, "conclude", reviewer, reason="无异议", on=timezone.localdate() + timedelta(days=15))
    with acting_as(decider):
        case = Case.objects.get(pk=case.pk)
        perform(case, "enact", decider, reason="同意")
        assert case.state == CaseState.ENACTED
        assert case.change_id


def test_a_clerk_who_comes_second_is_told_who_was_first(draft, on_its_way, acceptor) -> None:
    case = on_its_way(draft(), "received")
    with acting_as(acceptor):
        first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
        perform(first, "accept", acceptor)
        with pytest.raises(LostRaceError, match=acceptor.display_name):
            perform(second, "accept", acceptor)


@pytest.mark.parametrize(
    "broken", ["yizheng.licensing.case_clock.timekeeping.update_clock", "yizheng.people.audit.record_many"]
)
def test_a_verb_whose_last_step_fails_changes_nothing(draft, on_its_way, decider, monkeypatch, broken) -> None:
    case = on_its_way(draft(), "deciding")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the last step")

    with acting_as(decider):
        held = Case.objects.get(pk=case.pk)
        monkeypatch.setattr(broken, fail)
        with pytest.raises(RuntimeError):
            perform(held, "grant", decider)
        monkeypatch.undo()
    with acting_as(decider):
        untouched = Case.objects.get(pk=case.pk)
        assert (untouched.state, untouched.change_id, untouched.revision) == (CaseState.DECIDING, None, case.revision)
        assert instruments(untouched, decider) == ["acceptance_notice"]


def test_an_extension_is_given_once(draft, on_its_way, decider) -> None:
    case = on_its_way(draft(), "deciding")
    with acting_as(decider):
        case = Case.objects.get(pk=case.pk)
        before = case.due_on
        perform(case, "extend", decider, reason="案情复杂")
        assert case.due_on
        assert before
        assert case.due_on > before
        with pytest.raises(NotPossibleError, match="一次"):
            perform(case, "extend", decider, reason="仍复杂")


def test_the_institution_sends_a_case_back_and_the_authority_never_saw_it(
    draft, on_its_way, institution, acceptor
) -> None:
    case = on_its_way(draft(), "confirming")
    with acting_as(institution.operator):
        case = Case.objects.get(pk=case.pk)
        perform(case, "send_back", institution.operator, reason="尚未签订合同")
        assert case.state == CaseState.DRAFT
    with acting_as(acceptor):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_numbers_of_cases_name_their_year(draft) -> None:
    assert draft().number.startswith(f"{timezone.localdate():%y}-")
