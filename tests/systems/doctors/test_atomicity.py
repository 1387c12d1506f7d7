"""Whatever item is decided: if its effect raises half way, the register, the certificates and the case stay as they were."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from yizheng.documents.models import Certificate, Instrument
from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Shape
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.systems.doctors.models import PersonIdentity
from yizheng.systems.doctors.models.identity import LINE

TODAY = timezone.localdate()
VERBS = {Shape.LICENCE: "grant", Shape.AUTHORITY_ACT: "enact"}
DECIDED = [each for each in items(TODAY, system="doctors") if each.shape in VERBS]


def half_way(self: Any, case: Case, change: Any, on: Any) -> None:
    """Write a fact of the person, then break."""
    who = {"name": "半途", "sex": "2", "ethnic_group": "01", "birth_date": on}
    with acting_as_system("test"):
        change.state(
            PersonIdentity, case.subject_id, LINE, who, valid_from=on, authority_scope=case.authority_scope
        )
    raise RuntimeError("half way")


def everything(subject: int) -> tuple[Any, ...]:
    facts = PersonIdentity.objects.all().filter(subject_id=subject)
    counted = (Change, Certificate, Instrument, CaseEvent)
    return (
        sorted(facts.values_list("pk", "closed")),
        *(model.objects.count() for model in counted),
        list(Case.objects.values_list("state", "revision", "change_id")),
    )


@pytest.mark.django_db
def test_an_effect_that_breaks_leaves_nothing_whatever_the_item(doctor, haidian, decider):
    """One cast for all items, each in a transaction of its own that is undone."""
    for item in DECIDED:
        with acting_as_system("test"):
            case = Case.objects.create(
                number=f"26-8{Case.objects.count():05d}", item_code=item.code, rules_on=TODAY, shape=item.shape,
                subject_id=doctor.subject_id, applicant_name="许南乔", authority_scope=haidian.pk,
                state="deciding", submitted_at=timezone.now(),
            )  # fmt: skip
            before = everything(doctor.subject_id)
        kind = type(item)
        with ExitStack() as stack:
            stack.enter_context(patch.object(kind, "checks", ()))
            stack.enter_context(patch.object(kind, "steps", ()))
            stack.enter_context(patch.object(kind, "materials", ()))
            stack.enter_context(patch.object(kind, "gather", lambda *said: None))
            stack.enter_context(patch.object(kind, "basis", lambda *said: ()))
            stack.enter_context(patch.object(kind, "effect", half_way))
            stack.enter_context(pytest.raises(RuntimeError, match="half way"))
            go_on(case, VERBS[item.shape], decider, reason="符合条件。")
        with acting_as_system("test"):
            assert everything(doctor.subject_id) == before, item.code
