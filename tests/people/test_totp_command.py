"""The command that prints a code works in the demonstration city alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yizheng.people.models import Account
from yizheng.people.signing_in import totp

pytestmark = pytest.mark.django_db


def test_refused_elsewhere(acceptor: Account, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="演示"):
        call_command("totp_code", acceptor.username)


def test_prints_the_code_of_this_moment(acceptor: Account, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="没有"):
        call_command("totp_code", acceptor.username)
    totp.enrol(acceptor, totp.new_secret())
    out = StringIO()
    call_command("totp_code", acceptor.username, stdout=out)
    assert totp.verify(acceptor, out.getvalue().strip())
