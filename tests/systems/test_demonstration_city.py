"""The demonstration city: built once, all or nothing, with something to do at every desk."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from yizheng.cli import demo
from yizheng.cli.demo import city, sign_ins
from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.documents.models import Certificate
from yizheng.kernel.identifiers import is_resident_id
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.people.rowscope import RowScope, within
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import as_of
from yizheng.registry.models import Change, Subject
from yizheng.systems.doctors.items import FirstRegistration
from yizheng.systems.doctors.models import PersonIdentity, Registration

SMALL = 800


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer doctors; the cases are all there."""
    monkeypatch.setattr(city, "DOCTORS", SMALL)


def everything() -> RowScope:
    """What the system sees."""
    with acting_as_system("test") as scope:
        return scope


def the_city_stands() -> None:
    with within(everything()):
        assert PersonIdentity.objects.as_of(timezone.localdate()).count() == SMALL
        statuses = Counter(Registration.objects.as_of(timezone.localdate()).values_list("status", flat=True))
        assert statuses["REG"] > 150
        assert statuses["LEFT"]
        moved = Registration.objects.exclude(closed=None).first()
        first, last = Change.objects.order_by("position").first(), Change.objects.order_by("position").last()
        before = as_of(Registration, moved.subject_id, valid=moved.valid_from, known=moved.opened)
        assert before.filter(pk=moved.pk).exists()
        assert first.position < last.position
        assert Certificate.objects.count() > 150
    assert PublicPractitioner.objects.count() > 200
    assert PublicInstitution.objects.count() == 60


def every_state_has_a_case() -> None:
    with within(everything()):
        seen = Counter(Case.objects.values_list("state", flat=True))
        due = set(Case.objects.filter(clock_runs=True).values_list("due_on", flat=True))
    shown = {state for state in CaseState if state not in NOT_SHOWN}
    assert shown - set(seen) == set()
    today = timezone.localdate()
    assert any(day < today for day in due)
    assert today in due
    assert any(day > today for day in due)


NOT_SHOWN = {CaseState.DRAFT, CaseState.DELIVERED, CaseState.UNFILED, CaseState.HEARING, CaseState.DROPPED}
"""A draft is its applicant's alone; the rest happens rarely."""


def the_ready_doctor_may_apply() -> None:
    account = Account.objects.get(username=sign_ins.READY_DOCTOR)
    assert account.subject_id is not None
    assert FirstRegistration().may_apply(account.subject_id, timezone.localdate()) is None
    begun = FirstRegistration().prefill(account.subject_id)
    assert is_resident_id(begun["person"]["id_number"])
    with acting_as(account):
        assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_city_stands_and_a_second_build_does_nothing(small: None) -> None:
    said: list[str] = []
    summary = demo.build(said.append)
    assert summary.built
    assert (summary.institutions, summary.doctors) == (60, SMALL)
    assert len(said) > 5
    the_city_stands()
    every_state_has_a_case()
    the_ready_doctor_may_apply()
    printed = {name for name, _, _ in demo.accounts()}
    assert sign_ins.READY_DOCTOR in printed
    assert Account.objects.filter(username__in=printed).count() >= 6
    changes = Change.objects.count()
    assert not demo.build(said.append).built
    assert Change.objects.count() == changes


@pytest.mark.django_db(transaction=True)
def test_a_build_that_was_killed_leaves_nothing(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> int:
        raise KeyboardInterrupt

    before = Subject.objects.count()
    monkeypatch.setattr(sign_ins, "make", killed)
    with pytest.raises(KeyboardInterrupt):
        demo.build(lambda step: None)
    assert Subject.objects.count() == before
    assert not Account.objects.filter(username=sign_ins.READY_DOCTOR).exists()
