"""问题数据: what somebody found wrong in a register, and how it was put right; every register of the platform has the same.

It is no business item: nobody applies, nothing is granted. A register says something that was never so, or says it twice.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from yizheng.people.rights.visibility import ScopedQuerySet


class ProblemState(models.TextChoices):
    """Where a problem stands; while a second person is asked it stays open. The labels are state words of the face."""

    OPEN = "open", "待核实"
    DONE = "done", "已办结"
    DISMISSED = "dismissed", "不予处理"
    UNDONE = "undone", "已回退"


class ProblemSource(models.TextChoices):
    """How it was found."""

    SELF = "self", "登记机关自查"
    HOLDER = "holder", "本单位、本人反映"
    PUBLIC = "public", "公众异议"
    EXCHANGE = "exchange", "对账不一致"
    SUPERVISION = "supervision", "监督核查"


class ProblemReason(models.TextChoices):
    """Why the register was wrong."""

    TYPING = "typing", "录入错误"
    MISSING = "missing", "历史缺失"
    DUPLICATE = "duplicate", "重复"
    DICTIONARY = "dictionary", "字典变化"
    CODING = "coding", "编码错误"
    STATUS = "status", "状态错误"


class ProblemAct(models.TextChoices):
    """What is proposed against it."""

    CORRECT = "correct", "更正"
    MERGE = "merge", "合并重复主体"
    SPLIT = "split", "拆分误并主体"


class ProblemQuerySet(ScopedQuerySet["Problem"]):
    """Problems are the authority's; whoever told of one learns the outcome by notice."""

    subject_column: ClassVar[str | None] = None

    def waiting(self) -> ProblemQuerySet:
        """Those that ask for work."""
        return self.filter(state=ProblemState.OPEN)


class Problem(models.Model):
    """One problem of one subject: who found what, what was proposed with before and after, and what became of it."""

    register = models.CharField("登记簿", max_length=20)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="主体")
    subject_name = models.CharField("主体名称", max_length=200)
    authority_scope = models.IntegerField("机关")
    source = models.CharField("来源", max_length=12, choices=ProblemSource)
    found_by = models.CharField("发现人", max_length=100)
    words = models.CharField("问题", max_length=1000)
    sealed_contact = models.TextField("联系方式（加密）", blank=True)
    state = models.CharField("状态", max_length=10, choices=ProblemState, default=ProblemState.OPEN)
    act = models.CharField("处理方式", max_length=10, choices=ProblemAct, blank=True)
    reason = models.CharField("原因", max_length=12, choices=ProblemReason, blank=True)
    effect = models.JSONField("处理内容", default=dict)
    owner = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+", verbose_name="经办")
    opened_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("发现时间", auto_now_add=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    change_id = models.BigIntegerField("登记变更", null=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = "问题数据"
        indexes = [
            models.Index(fields=["authority_scope", "state", "id"], name="licensing_problem_waiting"),
            models.Index(fields=["subject", "-id"], name="licensing_problem_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject_name}"

    @property
    def number(self) -> str:
        """The number people call it by."""
        return f"WT{timezone.localtime(self.opened_at):%Y}{self.pk:06d}"

    @property
    def age(self) -> int:
        """Days since it was found, until it was closed."""
        return ((self.closed_at or timezone.now()) - self.opened_at).days


class ProblemEvent(models.Model):
    """One thing that was done about a problem, by whom and with which evidence; written once."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="events")
    what = models.CharField("经过", max_length=40)
    words = models.CharField("说明", max_length=1000, blank=True)
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    evidence = models.ForeignKey("documents.Attachment", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.what}"
