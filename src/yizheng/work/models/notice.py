"""A message in the in-app inbox, to one account or to all who hold a role in a scope."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant, Scope


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices with the verbs that lead a page to rows."""

    def visible_to(self, account: Account) -> NoticeQuerySet:
        """What lies in the inbox of an account: addressed to her, or to a role she holds in that scope."""
        held = Grant.objects.filter(
            account=account, revoked_at=None, role=models.OuterRef("role"), scope=models.OuterRef("scope")
        )
        return self.filter(models.Q(account=account) | models.Exists(held))

    def unread_by(self, account: Account) -> NoticeQuerySet:
        """Those of them the account has not opened."""
        return self.filter(~models.Exists(NoticeReading.objects.filter(account=account, notice=models.OuterRef("pk"))))


class Notice(models.Model):
    """What happened, in one title and a short text without identity numbers, and where to look."""

    kind = models.CharField(max_length=40)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=24, choices=Role.choices, blank=True)
    scope = models.ForeignKey(Scope, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=120)
    body = models.TextField(max_length=2000, blank=True)
    link = models.CharField(max_length=300, blank=True)
    sent = models.DateTimeField(auto_now_add=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["account", "-id"], name="work_notice_of_account"),
            models.Index(fields=["scope", "role", "-id"], name="work_notice_of_role"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, role="", scope__isnull=True)
                | models.Q(account__isnull=True, scope__isnull=False) & ~models.Q(role=""),
                name="work_notice_has_one_recipient",
            ),
        )

    def __str__(self) -> str:
        return self.title


class NoticeReading(models.Model):
    """That an account has read a notice, and when."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "notice"], name="work_notice_read_once"),)

    def __str__(self) -> str:
        return f"{self.notice_id} read by {self.account_id}"
