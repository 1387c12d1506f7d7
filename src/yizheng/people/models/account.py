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


class IdentityClaim(models.Model):
    """Said at registration. A disputed claim has a subject of its own and waits for a clerk to see the document.

    Accepted, its account speaks for the register's subject; ``former_subject`` is the one it had meanwhile.
    """

    class State(models.TextChoices):
        """What is known of the claim."""

        NEW = "new", "新主体"
        MATCHED = "matched", "与登记一致"
        DISPUTED = "disputed", "待核实"
        ACCEPTED = "accepted", "核实后并入登记"
        REJECTED = "rejected", "核实后未予认可"

    account = models.OneToOneField("people.Account", models.CASCADE, primary_key=True, related_name="identity_claim")
    state = models.CharField(max_length=10, choices=State.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=200, blank=True)
    former_subject = models.ForeignKey("registry.Subject", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["new", "matched", "disputed"], settled_by=None, settled_at=None)
                | models.Q(state__in=["accepted", "rejected"], settled_by__isnull=False, settled_at__isnull=False),
                name="people_identity_claim_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"
