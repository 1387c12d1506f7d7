"""The lines an installer is told to run make the three administrators, who can then do the rest."""

import getpass

import pytest

from tests.docs.pages import DOCS, blocks
from yizheng.people import permissions
from yizheng.people.models import Account, Scope
from yizheng.people.rights.roles import Power


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt="": "Jin-Shan-Chuan-47")


def test_the_first_accounts(city: Scope, typed: None) -> None:
    (block,) = blocks(DOCS / "guides" / "administrators.md", "python")
    exec("\n".join(block.lines), {})  # the page's own lines
    may = {
        account.username: [power for power in Power if permissions.may(account, power)]
        for account in Account.objects.all()
    }
    assert Power.PROPOSE_GRANT in may["sys-01"]
    assert Power.APPROVE_GRANT in may["sec-01"]
    assert may["aud-01"] == [Power.READ_AUDIT]
    assert Account.objects.get(username="sys-01").check_password("Jin-Shan-Chuan-47")
