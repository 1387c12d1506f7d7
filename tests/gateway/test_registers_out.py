"""The internet-hospital platform is told the registers in full when it is connected, and of a suspension as it is decided."""

from typing import Any

import pytest
from django.utils import timezone

from tests.systems.nurses.test_personal import restate
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.reconciling import fill, reconcile, untold
from yizheng.exchange.models import Message
from yizheng.exchange.simulating.partners import PARTNERS, register
from yizheng.gateway.registers.channels import INTERNET_HOSPITALS, NATIONAL
from yizheng.people.models import Scope

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_the_platform_learns_everything_at_first_and_a_suspension_at_once(
    registered: Any, nurse: Any, hospital: Any, city: Scope
) -> None:
    assert Message.objects.count() == 0, "nobody is connected"
    register(PARTNERS["internet-hospitals"], city.pk)
    missing = untold(INTERNET_HOSPITALS, TODAY, TODAY)
    assert f"nurse:{nurse.subject_id}" in missing
    assert fill(INTERNET_HOSPITALS, missing) == len(missing)
    other = PARTNERS["internet-hospitals"].channels["internet_hospitals"]()
    assert deliver(INTERNET_HOSPITALS, other).rejected == 0
    told = other.payloads[f"nurse:{nurse.subject_id}"]
    assert (told["standing"], told["may_practise"]) == ("REG", True)
    assert untold(INTERNET_HOSPITALS, TODAY, TODAY) == [], "afterwards only what changes"

    restate(nurse, status="SUSP")
    (waiting,) = Message.objects.filter(channel="internet_hospitals", state="queued")
    assert (waiting.key, waiting.version) == (f"nurse:{nurse.subject_id}", 2)
    deliver(INTERNET_HOSPITALS, other)
    assert other.payloads[waiting.key]["may_practise"] is False
    assert reconcile(INTERNET_HOSPITALS, other).agrees
    assert not Message.objects.filter(channel=NATIONAL.code).exists(), "a channel that is not switched on says nothing"
