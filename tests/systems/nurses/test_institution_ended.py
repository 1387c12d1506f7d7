"""When an institution ends, its nurses in practice are put to their authority, who must take them on elsewhere (护士条例 第九条)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.practitioners.amending import amend

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


def proposals_when_it_ends(hospital):
    with acting_as_system("test"):
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="注销") as change:
            end_licence(change, hospital.subject, on=TOMORROW, status="deregistered")
        return list(Proposal.objects.filter(consequence="nurses.institution_ended"))


def test_a_nurse_in_practice_is_put_to_her_authority(registered, nurse, hospital, haidian):
    (proposed,) = proposals_when_it_ends(hospital)
    assert (proposed.register, proposed.subject_id, proposed.authority_scope) == ("nurse", nurse.subject_id, haidian.pk)
    assert proposed.title.endswith("林若溪须备案新的主要执业机构")
    assert proposed.due_on is None


def test_who_practises_no_longer_is_not(registered, nurse, hospital):
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        amend(NurseRegistration.objects.current().get(subject_id=nurse.subject_id), change, TOMORROW, status="DEREG")
    assert proposals_when_it_ends(hospital) == []
