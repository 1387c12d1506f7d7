"""The same applied for twice: known at the sheet, on the form, in the batch and at the decision; the others go on."""

from typing import Any

import pytest

from tests.cast import new_account
from tests.systems.nurses.test_collective_renewal import ITEM, TODAY, begun, employ, rows, taken_in
from yizheng.licensing.cases import examining, parallel
from yizheng.licensing.collective import batching, handing_in
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.licensing.verbs.performing import perform_chunk
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.registry.models import Subject

pytestmark = pytest.mark.django_db
SAID: dict[str, dict[str, Any]] = {"declaration": {"health": "fit", "truth": "on"}}


def account_of(person: tuple[int, str, str]) -> Account:
    return new_account(AccountKind.INDIVIDUAL, person[1], subject=Subject.objects.get(pk=person[0]))


def draft_of(nurse: Account) -> Case:
    with acting_as(nurse):
        return keep(open_draft(nurse, ITEM), nurse, SAID)


def submitted(nurse: Account, hospital) -> Case:
    case = draft_of(nurse)
    with acting_as(nurse):
        perform(case, "submit", nurse)
    with acting_as(hospital.operator):
        perform(Case.objects.get(pk=case.pk), "confirm", hospital.operator)
        return Case.objects.get(pk=case.pk)


def test_a_row_of_a_sheet_says_that_she_applied_herself(hospital, haidian):
    first, second = employ(hospital, haidian, 2)
    own = submitted(account_of(first), hospital)
    problems = taken_in(begun(hospital.operator, hospital), hospital.operator, rows([first, second]))
    assert problems == [f"此人的同一事项已有在办办件 {own.number}", ""]


def test_a_draft_of_a_list_is_not_handed_in_beside_her_own_and_the_others_go(hospital, haidian):
    first, second = employ(hospital, haidian, 2)
    dossier = begun(hospital.operator, hospital)
    assert taken_in(dossier, hospital.operator, rows([first, second])) == ["", ""]
    own = submitted(account_of(first), hospital)
    with acting_as(hospital.operator):
        outcomes = handing_in.hand_in(dossier, hospital.operator)
    assert [own.number in each.problem for each in outcomes] == [True, False]
    assert outcomes[1].problem == ""


def test_her_form_says_that_the_hospital_applied_and_does_not_stop_her(hospital, haidian):
    (person,) = employ(hospital, haidian, 1)
    nurse = account_of(person)
    draft = draft_of(nurse)
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, rows([person]))
    assert examining.examine(draft, TODAY).findings.advice == []
    with acting_as(hospital.operator):
        handing_in.hand_in(dossier, hospital.operator)
    with acting_as(nurse):
        found = examining.examine(draft, TODAY)
        perform(draft, "submit", nurse)
    assert [each.code for each in found.findings.advice] == [parallel.CODE]
    assert not found.findings.blocks


def test_a_batch_leaves_her_out_until_somebody_weighed_both(hospital, haidian, acceptor):
    first, second = employ(hospital, haidian, 2)
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, rows([first, second]))
    with acting_as(hospital.operator):
        handing_in.hand_in(dossier, hospital.operator)
    with acting_as(acceptor):
        cases = list(Case.objects.filter(dossier=dossier).order_by("pk"))
        assert batching.barred(acceptor, "accept", cases) == {}
    submitted(account_of(first), hospital)
    with acting_as(acceptor):
        barred = batching.barred(acceptor, "accept", cases)
        assert list(barred) == [cases[0].pk]
        assert "须在办件页单独办理" in barred[cases[0].pk]
        done = perform_chunk([cases[1]], "accept", acceptor, reason="", on=TODAY)
    assert [each.problem for each in done] == [""]
