"""What is altered in a registration is altered in every coming version, each with its own days: a suspension ends on its day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.failures import NothingInForce
from yizheng.systems.doctors.conduct.suspending import suspend
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.amending import amend

TODAY = timezone.localdate()
LAST = TODAY + timedelta(days=180)
ONE_DAY = timedelta(days=1)
NEW = ["21"]


def said(subject: int, on: date) -> tuple[str, list[str]]:
    with acting_as_system("test"):
        version = Registration.objects.as_of(on).get(subject_id=subject)
    return version.status, version.scopes


@pytest.mark.django_db
@pytest.mark.parametrize("first", [TODAY, TODAY + timedelta(days=30)], ids=["runs", "is to come"])
def test_a_scope_changed_while_a_suspension_stands_does_not_lengthen_or_lift_it(registered, doctor, first):
    subject, changed = doctor.subject_id, TODAY + timedelta(days=10)
    before = said(subject, TODAY)[1]
    with acting_as_system("test"):
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            suspend(Registration.objects.as_of(TODAY).get(subject_id=subject), change, "SUSP_PENAL", first, LAST)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            standing = Registration.objects.as_of(changed).get(subject_id=subject)
            assert amend(standing, change, changed, scopes=NEW).scopes == NEW
    running = "SUSP_PENAL" if first <= changed else "REG"
    assert said(subject, changed - ONE_DAY) == (running, before)
    assert said(subject, changed) == (running, NEW)
    assert said(subject, changed + ONE_DAY) == (running, NEW)
    assert said(subject, max(first, changed)) == ("SUSP_PENAL", NEW)
    assert said(subject, LAST - ONE_DAY) == ("SUSP_PENAL", NEW)
    assert said(subject, LAST) == ("SUSP_PENAL", NEW)
    assert said(subject, LAST + ONE_DAY) == ("REG", NEW)


@pytest.mark.django_db
def test_a_line_that_says_nothing_any_more_is_not_amended(registered, doctor):
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        standing = Registration.objects.as_of(TODAY).get(subject_id=doctor.subject_id)
        change.end(Registration, standing.subject_id, standing.line, on=TODAY + ONE_DAY)
        with pytest.raises(NothingInForce):
            amend(standing, change, TODAY + ONE_DAY, scopes=NEW)
