"""A piece of long work with a name, its progress and its end, as a page shows it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.people.models import Account, AccountKind

KEEPERS = frozenset({AccountKind.SYSTEM_ADMIN, AccountKind.ENGINEER})
"""Kinds of accounts that keep the system running and so see every job."""


class JobState(models.TextChoices):
    """Where a job stands; the labels are the state words of the face."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "运行中"
    DONE = "done", "已完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs with the verb that leads a page to rows."""

    def visible_to(self, account: Account) -> JobQuerySet:
        """The jobs an account may see: her own; all of them for those who keep the system running."""
        return self if account.kind in KEEPERS else self.filter(account=account)

    def unfinished(self) -> JobQuerySet:
        """Those queued or running."""
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])


class Job(models.Model):
    """One job: what was asked, by whom or why, how far it is, and how it ended."""

    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    message = models.CharField(max_length=300, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    cancel_requested = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["account", "-id"], name="work_job_of_account"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) | ~models.Q(reason=""), name="work_job_has_somebody_to_answer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def percent(self) -> int | None:
        """Share done in whole percent, `None` while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None
