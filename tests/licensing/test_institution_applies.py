"""An institution applies for its people, and routes that leave stations out."""

from typing import Any

import pytest

from tests.cast import Place
from tests.walking import picture
from yizheng.licensing.item import Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_for
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant
from yizheng.people.scope import acting_as
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db

PROOF = Material("proof", "证明", "盖章")
ABOUT = {"id_number": "11010519900307123X", "years": "5", "district": "110108"}


def begun(place: Place, person: Account, **values: Any) -> Case:
    about = {**ABOUT, "institution": place.scope.code, **values}
    with acting_as(place.operator):
        case = open_for(place.operator, "sample_licence", person.subject_id or 0, "林知遥", place.scope.pk)
        return keep(case, place.operator, {"about": about})


def test_the_institution_plays_the_applicant_and_need_not_confirm(
    institution: Place, applicant: Account, acceptor: Account
) -> None:
    case = begun(institution, applicant)
    with acting_as(institution.operator):
        perform(case, "submit", institution.operator)
    assert (case.state, case.institution_scope) == (CaseState.RECEIVED, institution.scope.pk)
    with acting_as(acceptor):
        perform(Case.objects.visible_to(acceptor).get(pk=case.pk), "accept", acceptor)
    told = set(Notice.objects.filter(body__contains=case.number).values_list("account_id", flat=True))
    assert {institution.operator.pk, applicant.pk} <= told
    with acting_as(institution.operator):
        perform(
            Case.objects.visible_to(institution.operator).get(pk=case.pk),
            "withdraw",
            institution.operator,
            reason="另行安排",
        )


def test_a_second_draft_for_the_same_person_is_the_first(institution: Place, applicant: Account) -> None:
    assert begun(institution, applicant).pk == begun(institution, applicant).pk


def test_the_person_sees_the_case_and_cannot_move_it(institution: Place, applicant: Account) -> None:
    case = begun(institution, applicant)
    with acting_as(applicant):
        seen = Case.objects.visible_to(applicant).get(pk=case.pk)
        with pytest.raises(NotPermittedError, match="请由"):
            perform(seen, "submit", applicant)
        with pytest.raises(NotPossibleError, match="没有找到这件草稿"):
            keep(seen, applicant, {"about": {"years": "9"}})


def test_nobody_applies_for_another_institution(
    institution: Place, another_institution: Place, applicant: Account
) -> None:
    case = begun(institution, applicant, institution=another_institution.scope.code)
    with acting_as(institution.operator), pytest.raises(NotPossibleError, match="只能为到本机构执业"):
        perform(case, "submit", institution.operator)
    with acting_as(another_institution.operator):
        assert not Case.objects.visible_to(another_institution.operator).filter(pk=case.pk).exists()
        with pytest.raises(NotPermittedError, match="经办人"):
            open_for(
                another_institution.operator,
                "sample_licence",
                applicant.subject_id or 0,
                "林知遥",
                institution.scope.pk,
            )


def test_an_item_that_is_the_persons_own_is_refused_to_the_institution(institution: Place, applicant: Account) -> None:
    with acting_as(institution.operator), pytest.raises(NotPossibleError, match="须由本人申请"):
        open_for(institution.operator, "sample_service", applicant.subject_id or 0, "林知遥", institution.scope.pk)


def test_papers_of_an_institution_are_its_own_to_read(institution: Place, applicant: Account) -> None:
    case = begun(institution, applicant)
    with acting_as(institution.operator):
        paper = hand_in(case, institution.operator, PROOF, picture((800, 600)), "证明.jpg")
        assert paper.attachment.institution_scope == institution.scope.pk


def test_a_service_goes_from_acceptance_to_the_decision(
    draft: Any, applicant: Account, acceptor: Account, decider: Account
) -> None:
    case = draft("sample_service")
    with acting_as(applicant):
        perform(case, "submit", applicant)
    with acting_as(acceptor):
        case = Case.objects.visible_to(acceptor).get(pk=case.pk)
        perform(case, "accept", acceptor)
    assert case.state == CaseState.DECIDING
    with acting_as(decider):
        case = Case.objects.visible_to(decider).get(pk=case.pk)
        with pytest.raises(NotPossibleError, match="不能退回上一环节"):
            perform(case, "step_back", decider, reason="再看")
        perform(case, "grant", decider)
    assert case.state == CaseState.GRANTED


def test_a_record_of_the_authority_needs_a_second_person(
    applicant: Account, reviewer: Account, decider: Account, haidian: Any
) -> None:
    with acting_as(reviewer):
        case = propose(
            reviewer,
            "sample_record",
            subject_id=applicant.subject_id or 0,
            subject_name="林知遥",
            authority_scope=haidian.pk,
            evidence="决定书已送达",
        )
    assert case.state == CaseState.DECIDING
    Grant.objects.create(account=reviewer, role=Role.DECIDER, scope=haidian)
    with acting_as(reviewer), pytest.raises(NotPermittedError, match="须换一人"):
        perform(Case.objects.visible_to(reviewer).get(pk=case.pk), "enact", reviewer)
    with acting_as(decider):
        case = Case.objects.visible_to(decider).get(pk=case.pk)
        perform(case, "enact", decider)
    assert case.state == CaseState.ENACTED
