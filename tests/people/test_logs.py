"""Nothing personal reaches the log, whatever goes wrong."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from yizheng.people import vault
from yizheng.people.models import Account

pytestmark = pytest.mark.django_db
PERSONAL = ("11010519491231002X", "13800000172", "林知遥", PASSWORD)


def test_registering_signing_in_and_failing_leave_no_personal_data(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    form = {"name": "林知遥", "document": "resident_id", "number": PERSONAL[0], "mobile": PERSONAL[1]}
    client.post(reverse("people:register"), form | {"password": PASSWORD, "again": PASSWORD})
    client.post(reverse("people:sign_in"), {"username": PERSONAL[1], "password": "wrong-Password-1"})
    client.post(reverse("people:sign_in"), {"username": PERSONAL[1], "password": PASSWORD})
    lines = [record for record in caplog.records if not record.name.startswith("django.db.backends")]
    written = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in lines)
    assert [text for text in PERSONAL if text in written] == []


def test_errors_of_the_vault_quote_nothing(applicant: Account, stranger: Account) -> None:
    vault.store(applicant.subject_id or 0, "resident_id", PERSONAL[0])
    with pytest.raises(vault.AlreadyHeld) as caught:
        vault.store(stranger.subject_id or 0, "resident_id", PERSONAL[0])
    assert PERSONAL[0] not in str(caught.value)
