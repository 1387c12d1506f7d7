"""The tables of the room of work: ordinary tables, not facts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope

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


class ScheduleRun(models.Model):
    """One row a schedule: the due time already taken, the last run and its outcome."""

    name = models.CharField(max_length=80, primary_key=True)
    due = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


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


class ApprovalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "已驳回"
    EXPIRED = "expired", "已过期"


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals by their state."""

    def waiting(self) -> ApprovalQuerySet:
        """Those that can still be decided."""
        return self.filter(state=ApprovalState.PROPOSED, expires__gt=timezone.now())


class Approval(models.Model):
    """Who asks for which act on which object and why; who else agreed or did not, and when."""

    kind = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.PROPOSED)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=500, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["state", "-id"], name="work_approval_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decider__isnull=True) | ~models.Q(decider=models.F("proposer")),
                name="work_approval_needs_two_persons",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_ref"], condition=models.Q(state="proposed"), name="work_approval_proposed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_ref}"


class RecoveryKind(models.TextChoices):
    """What was done."""

    BACKUP = "backup", "备份"
    DRILL = "drill", "恢复演练"


class Recovery(models.Model):
    """One backup or drill, whether it went well, and its figures. Append only."""

    kind = models.CharField("种类", max_length=8, choices=RecoveryKind)
    began = models.DateTimeField("开始")
    ended = models.DateTimeField("结束", auto_now_add=True)
    ok = models.BooleanField("通过")
    summary = models.TextField("结论")
    details = models.JSONField("数据", default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["kind", "-id"], name="work_recovery_of_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.began}"
