"""The unified acceptance platform hands a case over, is away for a day while silence accepts, and agrees to the row afterwards."""

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.nurses.people import NAME, NUMBER, application
from tests.walking import picture
from yizheng.exchange.channels import inbox
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.outbox import canonical, hash_of, opened
from yizheng.exchange.channels.protocol import Envelope
from yizheng.exchange.channels.reconciling import reconcile
from yizheng.exchange.models import Message, MessageState
from yizheng.exchange.simulating.counterpart import Counterpart
from yizheng.exchange.simulating.partners import PARTNERS, register
from yizheng.gateway.acceptance.channel import ACCEPTANCE
from yizheng.gateway.acceptance.matters import item_of, matter_of
from yizheng.gateway.models import PlatformCase
from yizheng.licensing.jobs import deem_accepted
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PROJECT = "110108202611300001"


@pytest.fixture
def platform(city: Scope) -> Counterpart:
    register(PARTNERS["city-acceptance"], city.pk)
    return PARTNERS["city-acceptance"].channels["acceptance"]()


def came(kind: str, version: int, **said: Any) -> tuple[str, str]:
    """What the platform says under the number of the case, and how it is answered."""
    message = Envelope(kind, "I", PROJECT, version, hash_of(canonical(said)), said)
    with acting_as_system("test"):
        (answer,) = inbox.receive(ACCEPTANCE, [message])
    return answer.code, answer.note


def handed_over(**changed: Any) -> tuple[str, str]:
    photo = picture().read()
    content = {
        "content": base64.b64encode(photo).decode(),
        "sha256": hashlib.sha256(photo).hexdigest(),
        "name": "扫描件.jpg",
    }
    matter = matter_of("nurse_first_registration")
    assert matter is not None
    said: dict[str, Any] = {
        "task_code": matter.implementation("110108", TODAY), "applicant": {"type": "1", "code": NUMBER, "name": NAME},
        "form": application(),
        "materials": [
            {"code": code, **content}
            for code in ("photo", "identity", "diploma", "employment_proof")
        ],
    }  # fmt: skip
    return came("receive", 1, **{**said, **changed})


def case() -> Case:
    with acting_as_system("test"):
        found: Case = Case.objects.all().get()
        return found


def told() -> list[tuple[str, str]]:
    said = Message.objects.filter(channel="acceptance").order_by("version")
    return [(each.kind, str(payload["event"])) for each, payload in zip(said, opened(list(said)), strict=True)]


def test_the_platform_is_away_for_a_day_silence_accepts_and_both_sides_agree_afterwards(
    platform: Counterpart, nurse: Any, hospital: Any, walker: Any
) -> None:
    code, note = handed_over()
    assert (code, note) == ("accepted", "")
    assert handed_over()[0] == "known", "the same message once more opens no second case"
    go_on(case(), "confirm", hospital.operator)
    assert told() == [("received", "confirm")]
    assert deliver(ACCEPTANCE, platform).acked == 1

    platform.faults.rates = {"outage": 1.0}
    due = case().due_on
    assert due is not None
    with acting_as_system("test"):
        assert deem_accepted(due + timedelta(days=1)) == 1
        receipt = CaseEvent.objects.all().get(verb="confirm")
    for hour in range(24):
        deliver(ACCEPTANCE, platform, timezone.now() + timedelta(hours=hour))
    (waiting,) = Message.objects.filter(channel="acceptance", state=MessageState.QUEUED)
    (accepted,) = opened([waiting])
    assert accepted["accept_date"] == timezone.localtime(receipt.at).strftime("%Y%m%dT%H%M%S"), (
        "as of the day of receipt"
    )
    assert accepted["accept_way"] == "逾期未告知视为受理"

    walker.walk(case())
    assert [kind for kind, _ in told()] == ["received", "accept", "process", "result"]
    platform.faults.rates = {}
    deliver(ACCEPTANCE, platform, timezone.now() + timedelta(hours=30))
    assert platform.effects == [(PROJECT, version) for version in range(1, 5)], "every event, in order"
    assert reconcile(ACCEPTANCE, platform).agrees
    last = platform.payloads[PROJECT]
    assert (last["result_type"], last["result_cetr_name"]) == ("准予", "护士执业证书")
    assert came("deliver", 2) == ("accepted", "")
    assert came("rate", 3, rating=5) == ("accepted", "")
    assert came("rate", 4, rating=6)[0] == "rating"
    assert PlatformCase.objects.get().rating == 5
    assert told()[-1] == ("delivered", "deliver")


def test_a_correction_is_asked_once_and_comes_back_under_the_same_number(
    platform: Counterpart, nurse: Any, hospital: Any, acceptor: Any
) -> None:
    handed_over()
    go_on(case(), "confirm", hospital.operator)
    go_on(case(), "ask_correction", acceptor, reason="请补交实习证明。")
    assert came("correct", 2, form={"education": {"internship_hospital": "示范教学医院本部"}}) == ("accepted", "")
    assert told() == [("received", "confirm"), ("correction", "ask_correction"), ("corrected", "resubmit")]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"task_code": "110121950001"}, "applicant"),
        ({"task_code": "11"}, "task_code"),
        ({"task_code": "110121999999"}, "task_code"),
        ({"applicant": {"type": "1"}}, "format"),
        ({"materials": [{"code": "photo", "name": "x", "content": "?", "sha256": ""}]}, "material"),
        ({"form": {"declaration": {"truth": ""}}}, "not_possible"),
    ],
)
def test_what_cannot_be_taken_leaves_no_case(
    platform: Counterpart, nurse: Any, hospital: Any, changed: Any, code: str
) -> None:
    if code == "applicant":
        changed = {**changed, "applicant": {"type": "2", "code": "12110108E99990017X", "name": "北京样例医院"}}
    assert handed_over(**changed)[0] == code
    with acting_as_system("test"):
        assert Case.objects.all().count() == 0


def test_a_matter_has_a_code_of_31_with_the_level_of_its_organ() -> None:
    matter = matter_of("nurse_first_registration")
    assert matter is not None
    district, city = matter.implementation("110108", TODAY), matter.implementation("110000", TODAY)
    assert (len(district), district[18], city[18]) == (31, "3", "2")
    assert item_of(district) == item_of(f"{district}01") == item_of(matter.base) == matter
    assert matter.implementation("999999", TODAY) == ""
