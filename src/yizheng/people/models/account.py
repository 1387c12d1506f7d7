"""An account: one person's or one organisation's way in. Its name is never a personal number."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from yizheng.people.kinds import OUTSIDE, AccountKind


class AccountManager(BaseUserManager["Account"]):
    """Making accounts; the only place where a password is hashed for a new one."""

    def create_account(
        self,
        username: str,
        kind: AccountKind | str,
        display_name: str,
        *,
        password: str | None = None,
        subject_id: int | None = None,
    ) -> Account:
        """A new account; without a password nobody can sign in with one."""
        account = self.model(
            username=username, kind=AccountKind(kind), display_name=display_name, subject_id=subject_id
        )
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Who signs in. ``subject`` is the person or institution the account speaks for, empty for staff."""

    username = models.CharField("用户名", max_length=64, unique=True)
    kind = models.CharField("类别", max_length=16, choices=AccountKind.choices)
    display_name = models.CharField("显示名", max_length=100)
    subject = models.ForeignKey(
        "registry.Subject", models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name="主体"
    )
    login_index = models.BinaryField("手机号检索值", max_length=16, null=True, db_index=True)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["kind", "display_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(kind="individual"), name="people_account_one_a_person"
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_office(self) -> bool:
        """Whether the account works in the back office (and so needs a second factor)."""
        return self.kind not in OUTSIDE
