"""Many first registrations decided in one go: each as if it had been decided alone, in statements that serve all."""

from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict

from tests.systems.doctors.conftest import HOSPITAL, House
from tests.systems.doctors.crowd import NAMES, Desk, apply_all, qualified
from tests.walking import perform_many
from yizheng.documents.models import Certificate, Instrument
from yizheng.documents.sealing import unseal
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.people.models import Access, Account, AuditEntry, Scope, SearchName
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.models import Basis, Change
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db

VERBS = {CaseState.RECEIVED: "accept", CaseState.REVIEWING: "pass_review", CaseState.DECIDING: "grant"}


@pytest.fixture
def desk(hospital: House, haidian: Scope, acceptor: Account, reviewer: Account) -> Desk:
    return Desk(HOSPITAL, hospital.scope, haidian.pk, acceptor, reviewer)


def waiting(desk: Desk, names: list[str], state: CaseState) -> list[Case]:
    return apply_all(qualified(names, desk.authority), desk, state)


def seen(account: Account, cases: list[Case]) -> list[Case]:
    return list(Case.objects.visible_to(account).filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def left_behind(case: Case) -> dict[str, Any]:
    """All that a decision leaves, without ids, numbers and moments."""
    with acting_as_system("test"):
        case.refresh_from_db()
        said = {
            model.__name__: [
                (row.line, row.valid_from, row.valid_to, *_values(row), row.closed is None)
                for row in model.objects.filter(subject_id=case.subject_id).order_by("pk")
            ]
            for model in (PersonIdentity, Education, Registration)
        }
        change = Change.objects.filter(pk=case.change_id or 0).first()
        return {
            **said,
            "case": _without(
                model_to_dict(case),
                "id", "number", "subject", "applicant", "applicant_name", "answers", "sealed_answers", "change_id",
                "certificate_id", "submitted_at", "summary",
            ),
            "events": list(
                CaseEvent.objects.filter(case=case).exclude(verb="submit").order_by("pk").values_list(
                    "verb", "title", "on", "actor", "actor_name", "from_state", "to_state", "reason", "detail",
                    "authority_scope", "institution_scope",
                )
            ),
            "certificates": [
                (each.kind, each.version, each.made_for, each.issuer, each.issued_on, set(unseal(each)[0]))
                for each in Certificate.objects.filter(subject_id=case.subject_id)
            ],
            "instruments": [
                (each.kind, each.issuer, set(unseal(each)[0])) for each in Instrument.objects.filter(case_ref=f"case:{case.pk}")
            ],
            "audit": list(
                AuditEntry.objects.filter(object_ref=f"case:{case.pk}").order_by("pk").values_list("verb", "actor")
            ),
            "told": Notice.objects.filter(body=f"办件 {case.number}").count(),
            "basis": sorted(Basis.objects.filter(case_ref=f"case:{case.pk}").values_list("fact_table", flat=True)),
            "change": change and (change.kind, change.actor_id, change.reason, change.position is not None),
            "access": sorted(Access.objects.filter(subject_id=case.subject_id).values_list("scope", flat=True)),
            "found_by_name_in": SearchName.objects.filter(subject_id=case.subject_id).count(),
        }  # fmt: skip


def _values(row: Any) -> tuple[Any, ...]:
    own = {"name", "practice_number", "photo"}
    return tuple(getattr(row, field.attname) for field in row.typed_fields() if field.name not in own)


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


@pytest.mark.parametrize("state", VERBS)
def test_a_batch_leaves_what_single_acts_leave(
    desk: Desk, acceptor: Account, reviewer: Account, decider: Account, state: CaseState
) -> None:
    actor = {"accept": acceptor, "pass_review": reviewer, "grant": decider}[VERBS[state]]
    alone, *together = waiting(desk, NAMES[:4], state)
    with acting_as(actor):
        perform(seen(actor, [alone])[0], VERBS[state], actor)
        outcomes = perform_many(seen(actor, together), VERBS[state], actor)
    assert [outcome.problem for outcome in outcomes] == ["", "", ""]
    expected = left_behind(alone)
    for outcome in outcomes:
        assert left_behind(outcome.case) == expected


def test_numbers_and_positions_are_each_her_own(desk: Desk, decider: Account) -> None:
    cases = waiting(desk, NAMES[:6], CaseState.DECIDING)
    with acting_as(decider):
        outcomes = perform_many(seen(decider, cases), "grant", decider)
    with acting_as_system("test"):
        numbers = list(Registration.objects.current().values_list("practice_number", flat=True))
        instruments = list(Instrument.objects.filter(kind="grant").values_list("number", flat=True))
        changes = list(Change.objects.filter(pk__in=[each.case.change_id for each in outcomes]).order_by("pk"))
    assert len(set(numbers)) == len(set(instruments)) == 6
    positions = [change.position for change in changes]
    first = positions[0]
    assert first is not None
    assert positions == list(range(first, first + 6))


def test_the_failing_one_is_refused_with_its_reasons_and_the_others_granted(desk: Desk, decider: Account) -> None:
    good = waiting(desk, NAMES[:3], CaseState.DECIDING)
    (bad,) = apply_all(qualified([NAMES[3]], desk.authority), desk, CaseState.DECIDING, employer_as_sealed="别的医院")
    with acting_as(decider):
        outcomes = perform_many(seen(decider, [*good, bad]), "grant", decider)
    problems = {outcome.case.pk: outcome.problem for outcome in outcomes}
    assert problems.pop(bad.pk).startswith("不能准予：")
    assert set(problems.values()) == {""}
    with acting_as_system("test"):
        bad.refresh_from_db()
        assert (bad.state, bad.change_id) == (CaseState.DECIDING, None)
        assert Registration.objects.current().count() == 3


def test_who_reviewed_does_not_decide_in_a_batch_either(desk: Desk, reviewer: Account, haidian: Scope) -> None:
    cases = waiting(desk, NAMES[:2], CaseState.DECIDING)
    reviewer.grants.create(role="decider", scope=haidian)
    with acting_as(reviewer):
        outcomes = perform_many(seen(reviewer, cases), "grant", reviewer)
    assert all("须换一人" in outcome.problem for outcome in outcomes)


def test_who_was_faster_is_told(desk: Desk, decider: Account) -> None:
    cases = waiting(desk, NAMES[:2], CaseState.DECIDING)
    with acting_as(decider):
        late = seen(decider, cases)
        perform(seen(decider, cases[:1])[0], "grant", decider)
        first, second = perform_many(late, "grant", decider)
    assert first.problem.startswith("秦决定 已于 ")
    assert second.problem == ""


def test_a_chunk_that_meets_a_fault_is_done_one_by_one(
    desk: Desk, decider: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = waiting(desk, NAMES[:3], CaseState.DECIDING)
    item = type(cases[0].item)

    def broken(_item: Any, entries: Any, _on: Any) -> None:
        if len(entries) > 1:
            raise RuntimeError

    monkeypatch.setattr(item, "ahead", broken)
    with acting_as(decider):
        outcomes = perform_many(seen(decider, cases), "grant", decider)
    assert [outcome.problem for outcome in outcomes] == ["", "", ""]
    assert {outcome.case.state for outcome in outcomes} == {CaseState.GRANTED}


def test_ten_cost_as_many_statements_as_three(desk: Desk, decider: Account) -> None:
    def cost(names: list[str]) -> int:
        cases = waiting(desk, names, CaseState.DECIDING)
        asked: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked.append(sql)
            return execute(sql, params, many, context)

        with acting_as(decider):
            mine = seen(decider, cases)
            with connection.execute_wrapper(note):
                perform_many(mine, "grant", decider)
        return len(asked)

    cost(NAMES[:2])
    assert cost(NAMES[2:5]) == cost(NAMES[5:15])
