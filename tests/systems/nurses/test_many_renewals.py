"""Deciding renewals together asks a fixed number of questions, however many nurses the hospital has."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.systems.nurses.test_collective_renewal import TODAY, begun, employ, rows, taken_in
from yizheng.licensing.collective import handing_in
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.performing import perform_chunk
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import LINE, NurseRegistration

pytestmark = pytest.mark.django_db


def questions(people, hospital, staff) -> dict[str, int]:
    """How many statements each verb took for all of them together."""
    dossier = begun(hospital.operator, hospital)
    assert set(taken_in(dossier, hospital.operator, rows(people))) == {""}
    with acting_as(hospital.operator):
        handing_in.hand_in(dossier, hospital.operator)
    asked = {}
    for verb, actor in staff.items():
        with acting_as(actor):
            cases = list(Case.objects.visible_to(actor).filter(dossier=dossier))
            with CaptureQueriesContext(connection) as made:
                done = perform_chunk(cases, verb, actor, reason="符合条件。", on=TODAY)
            assert {each.problem for each in done} == {""}
        asked[verb] = len(made)
    return asked


def due_again(people) -> None:
    """Their terms end soon once more, so that their certificates are renewed and not issued first."""
    with acting_as_system("test"):
        for subject, _, _ in people:
            held = NurseRegistration.objects.current().filter(subject_id=subject).latest("valid_from")
            with changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
                said = {**held.values(), "term_to": TODAY + timedelta(days=60)}
                change.state(
                    NurseRegistration, subject, LINE, said, valid_from=TODAY, authority_scope=held.authority_scope
                )


def test_deciding_many_asks_as_often_as_deciding_a_few(hospital, haidian, acceptor, reviewer, decider):
    staff = {"accept": acceptor, "pass_review": reviewer, "grant": decider}
    some, more = employ(hospital, haidian, 3, first=100), employ(hospital, haidian, 13, first=200)
    for _ in range(2):
        assert questions(some, hospital, staff) == questions(more, hospital, staff)
        due_again([*some, *more])
