"""Name and password: the account's own name, or the mobile number an individual gave (kept as a blind index)."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from yizheng.people.canonical import IdentifierKind, canonical
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account

_LOOKED_AT = 2


def login_index(mobile: str) -> bytes:
    """By what an individual is found who signs in with her mobile number."""
    return cipher.digest(masterkey.keys().index, f"login:{canonical(IdentifierKind.MOBILE, mobile)}")


def holders(name: str) -> list[Account]:
    """The accounts of this user name or mobile number, the newest first, whether or not they may sign in.

    Several may hold one mobile number: nobody takes it from another, and nobody learns that another has it.
    """
    found = Account.objects.filter(Q(username=name) | Q(login_index=login_index(name)))
    return list(found.order_by("-id"))


def opened_by(found: Sequence[Account], password: str) -> Account | None:
    """Which of them the password is of; so many are looked at that the time tells neither an unknown name nor a single holder."""
    nobody = [Account()] * (_LOOKED_AT - len(found))
    return next((each for each in (*found, *nobody) if each.check_password(password)), None)


class AccountBackend(BaseBackend):
    """Django's way to an account."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """The active account of this name and password, or None."""
        if not username or password is None:
            return None
        account = opened_by(holders(username), password)
        return account if account is not None and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        """The active account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
