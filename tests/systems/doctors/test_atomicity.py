"""Whatever item is decided: if its effect raises half way, the register, the certificates and the case stay as they were."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from yizheng.documents.models import Certificate, Instrument
from yizheng.licensing.catalogue import items
from yizheng.licensing.deadlines import firing
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.item import Initiator, Item, Shape, Stage
from yizheng.licensing.models import Case, CaseEvent, Expiry
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Change
from yizheng.systems.doctors.clocks import numbers
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE

TODAY = timezone.localdate()
VERBS = {Shape.LICENCE: "grant", Shape.AUTHORITY_ACT: "enact"}
DECIDED = [each for each in items(TODAY, system="doctors") if each.shape in VERBS]
FILED = [each for each in items(TODAY, system="doctors") if each.shape is Shape.FILING]


def half_way(self: Any, case: Case, change: Any, on: Any) -> None:
    """Write a fact of the person, then break."""
    who = {"name": "半途", "sex": "2", "ethnic_group": "01", "birth_date": on}
    with acting_as_system("test"):
        change.state(PersonIdentity, case.subject_id, LINE, who, valid_from=on, authority_scope=case.authority_scope)
        change.flush()
    raise RuntimeError("half way")


def everything(subject: int) -> tuple[Any, ...]:
    facts = PersonIdentity.objects.all().filter(subject_id=subject)
    counted = (Change, Certificate, Instrument, CaseEvent)
    return (
        sorted(facts.values_list("pk", "closed")),
        *(model.objects.count() for model in counted),
        list(Case.objects.values_list("state", "revision", "change_id")),
    )


@contextmanager
def breaking(item: Item, office: int) -> Iterator[None]:
    """The item asks nothing, and its effect breaks half way."""
    kind = type(item)
    with ExitStack() as stack:
        stack.enter_context(patch.object(kind, "checks", ()))
        stack.enter_context(patch.object(kind, "steps", ()))
        stack.enter_context(patch.object(kind, "materials", ()))
        stack.enter_context(patch.object(kind, "gather", lambda *said: None))
        stack.enter_context(patch.object(kind, "authority_of", lambda *said: office))
        stack.enter_context(patch.object(kind, "basis", lambda *said: ()))
        stack.enter_context(patch.object(kind, "ahead", lambda *said: None))
        stack.enter_context(patch.object(kind, "effect", half_way))
        stack.enter_context(pytest.raises(RuntimeError, match="half way"))
        yield


def waiting(item: Item, doctor: Account, scope: Scope, state: str, **more: Any) -> Case:
    with acting_as_system("test"):
        return Case.objects.create(
            number=f"26-8{Case.objects.count():05d}", item_code=item.code, rules_on=TODAY, shape=item.shape,
            subject_id=doctor.subject_id or 0, applicant_name="许南乔", authority_scope=scope.pk, state=state,
            submitted_at=timezone.now(), **more,
        )  # fmt: skip


@pytest.mark.django_db
def test_an_effect_that_breaks_leaves_nothing_whatever_the_item(doctor, haidian, decider):
    """One cast for all items, each in a transaction of its own that is undone."""
    for item in DECIDED:
        case = waiting(item, doctor, haidian, "deciding")
        with acting_as_system("test"):
            before = everything(doctor.subject_id)
        with breaking(item, haidian.pk):
            go_on(case, VERBS[item.shape], decider, reason="符合条件。")
        with acting_as_system("test"):
            assert everything(doctor.subject_id) == before, item.code


@pytest.mark.django_db
def test_a_filing_that_breaks_leaves_nothing_whatever_the_item(doctor, hospital, haidian):
    """It takes effect when the institution confirms or, where none does, when it is handed in."""
    assert FILED
    for item in FILED:
        confirmed = Stage.CONFIRM in item.route
        by_house = Initiator.INSTITUTION in item.initiators
        applicant = hospital.operator if by_house else doctor
        case = waiting(
            item, doctor, haidian, "confirming" if confirmed else "draft", applicant=applicant,
            institution_scope=hospital.scope if confirmed or by_house else None,
            applicant_scope=hospital.scope if by_house else None,
        )  # fmt: skip
        with acting_as_system("test"):
            before = everything(doctor.subject_id)
        with breaking(item, haidian.pk):
            go_on(case, "confirm" if confirmed else "submit", hospital.operator if confirmed else applicant)
        with acting_as_system("test"):
            assert everything(doctor.subject_id) == before, item.code


@pytest.mark.django_db
def test_a_clock_that_breaks_leaves_nothing_and_fires_the_next_time(doctor, hospital, haidian, monkeypatch):
    since = TODAY - timedelta(days=300)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        held = {
            "type": "mch_premarital", "granted_by": "海淀区", "granted_on": since, "valid_until": TODAY - timedelta(days=1),
        }  # fmt: skip
        change.state(
            SpecialQualification, doctor.subject_id, "special:mch_premarital", held,
            valid_from=since, authority_scope=haidian.pk,
        )  # fmt: skip
    with acting_as_system("test"):
        recompute(TODAY)
        before = Change.objects.count()
        with monkeypatch.context() as broken:
            broken.setattr(numbers, "refresh", lambda *said: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                firing.fire(TODAY)
        assert Change.objects.count() == before
        assert not Expiry.objects.exists()
        assert SpecialQualification.objects.as_of(TODAY).get().status == "VALID"
        assert firing.fire(TODAY) == 1
        assert SpecialQualification.objects.as_of(TODAY).get().status == "EXPIRED"
