"""问题数据: what a rule found in what was submitted, until it is mended, explained or closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.systems.infection.models.sheets import Sheet


class RuleRun(models.Model):
    """One night on which the rules were not those of the night before: what was weighed anew, what came of it."""

    fingerprint = models.CharField("规则摘要", max_length=64)
    at = models.DateTimeField("时间", auto_now_add=True)
    sheets = models.IntegerField("重新检查的报表")
    found = models.IntegerField("新发现")
    gone = models.IntegerField("不再命中")

    class Meta:
        verbose_name = "规则变更后的重新检查"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.fingerprint[:8]}"


class ProblemState(models.TextChoices):
    """Where a problem stands."""

    OPEN = "open", "待医院答复"
    ANSWERED = "answered", "已答复，待审核"
    CLOSED = "closed", "已认可"
    MENDED = "mended", "已订正"


UNSETTLED = (ProblemState.OPEN, ProblemState.ANSWERED)


class Problem(models.Model):
    """One finding about a submitted sheet."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    authority_scope = models.IntegerField("辖区")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="problems", verbose_name="报表")
    rule = models.CharField("规则", max_length=4)
    words = models.CharField("情形", max_length=300)
    error = models.BooleanField("错误")
    state = models.CharField("状态", max_length=8, choices=ProblemState, default=ProblemState.OPEN)
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    found = models.DateTimeField("发现", auto_now_add=True)

    objects: ScopedQuerySet[Problem] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "问题数据"
        ordering = ("found", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["sheet", "rule", "words"],
                condition=Q(state__in=("open", "answered")),
                name="infection_problem_once",
            ),
        )
        indexes = (models.Index(fields=["authority_scope", "state", "found"], name="infection_problem_desk"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.words}"
