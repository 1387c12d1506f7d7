"""The security register says what proves each item; a promise is warned of before it breaks, once a step."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.database import ROOT
from tests.systems.service.conftest import Service
from yizheng.systems.service.orders.escalating import KIND, escalate
from yizheng.systems.service.security.items import security_items
from yizheng.systems.service.security.proofs import LACKING, all_proofs
from yizheng.systems.service.words import EntryKind
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


def test_every_item_has_an_answer_and_what_is_missing_is_said(service: Service, client: Client) -> None:
    proofs = all_proofs()
    assert len(proofs) == 38
    assert all(each.found for each in proofs)
    assert {each.item.code for each in proofs if each.item.proof == "missing"} <= {
        each.item.code for each in proofs if each.state == LACKING
    }
    client.force_login(service.client)
    assert client.get("/service/security/").status_code == 200


def test_a_test_or_document_that_proves_an_item_exists() -> None:
    named = [Path(each.where) for each in security_items() if each.proof in ("test", "document")]
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(("minutes", "told"), [(29, 0), (30, 1), (44, 1), (45, 2), (54, 3), (60, 4)])
def test_each_step_of_a_promise_is_told_once(service: Service, minutes: int, told: int) -> None:
    service.register(ago=timedelta(minutes=minutes, seconds=1))
    assert escalate() == told
    assert escalate() == 0
    assert Notice.objects.filter(kind=KIND).count() == told


def test_what_is_kept_is_warned_of_no_more(service: Service) -> None:
    order = service.register(ago=timedelta(minutes=40))
    service.write(order, EntryKind.ANSWER)
    assert escalate() == 0
