"""Name and password: the account's own name, or the mobile number an individual gave (kept as a blind index)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from yizheng.people import cipher, masterkey
from yizheng.people.canonical import IdentifierKind, canonical
from yizheng.people.models import Account


def login_index(mobile: str) -> bytes:
    """By what an individual is found who signs in with her mobile number."""
    return cipher.digest(masterkey.keys().index, f"login:{canonical(IdentifierKind.MOBILE, mobile)}")


def named(name: str) -> Account | None:
    """The account of this user name or mobile number, whether or not it may sign in."""
    account = Account.objects.filter(username=name).first()
    return account or Account.objects.filter(login_index=login_index(name)).first()


class AccountBackend(BaseBackend):
    """Django's way to an account. An unknown name costs as much time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """The active account of this name and password, or None."""
        if not username or password is None:
            return None
        account = named(username)
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        """The active account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
