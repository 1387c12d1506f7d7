"""变更: one act upon the register. Its position, taken last, is its place in the order of knowledge.

Beside it: the versions a decision relied on (依据), and the lines that a partial rollback left as they were.
"""

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from yizheng.registry.models.subject import Subject


class ChangeKind(models.TextChoices):
    """Why the register changed."""

    DECISION = "decision", "决定"
    INTAKE = "intake", "导入"
    EXCHANGE = "exchange", "交换"
    CORRECTION = "correction", "更正"
    ROLLBACK = "rollback", "回退"
    CONSEQUENCE = "consequence", "关联后果"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Questions about the order of changes."""

    def settled(self) -> "ChangeQuerySet":
        """Changes that have taken their position."""
        return self.filter(position__isnull=False)

    def in_flight(self, position: int) -> "ChangeQuerySet":
        """Begun before the newest change known at `position`, yet not themselves known at it.

        A change overtaken by a later one is in flight between the position that overtook it and its own; a
        change without a position is the reader's own and unfinished.
        """
        spans = "(overtaken IS NOT NULL AND int8range(overtaken, position) @> %s::bigint) OR position IS NULL"
        return self.filter(RawSQL(spans, [position], output_field=models.BooleanField()))  # noqa: S611 constant


class Change(models.Model):
    """Append only: written when the change begins, given position and time once, when it is about to commit."""

    kind = models.CharField("类别", max_length=16, choices=ChangeKind)
    actor_id = models.BigIntegerField("操作账号", null=True)
    approved_by_id = models.BigIntegerField("复核账号", null=True)
    cause = models.CharField("起因", max_length=200)
    reason = models.TextField("理由", blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name="回退的变更"
    )
    position = models.BigIntegerField("序位", null=True, unique=True, editable=False)
    settled = models.DateTimeField("入册时间", null=True, editable=False)
    high = models.BigIntegerField("已入册的最大变更号", null=True, editable=False)
    overtaken = models.BigIntegerField("最先越过它的序位", null=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "变更"
        indexes = [
            models.Index(fields=["settled"], name="registry_change_settled"),
            models.Index(fields=["id"], name="registry_change_unsettled", condition=Q(position__isnull=True)),
        ]

    def __str__(self) -> str:
        place = f"序位 {self.position}" if self.position else "未入册"
        return f"{self.get_kind_display()}（变更 {self.pk}，{place}）"


class Basis(models.Model):
    """One version a change relied on for a case, so that nobody takes it back unnoticed."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="basis", verbose_name="变更")
    case_ref = models.CharField("办件", max_length=120)
    fact_table = models.CharField("登记事实表", max_length=63)
    version = models.BigIntegerField("版本")

    class Meta:
        verbose_name = "决定依据"
        constraints = [
            models.UniqueConstraint(fields=["fact_table", "version", "change", "case_ref"], name="registry_basis_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_ref} 依据 {self.fact_table} {self.version}"


class KeptLine(models.Model):
    """A line that a rollback left as it was, and why: it keeps what the undone change did to it."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="kept_lines", verbose_name="回退")
    fact_table = models.CharField("登记事实表", max_length=63)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="主体")
    line = models.CharField("登记项", max_length=80)
    why = models.TextField("不回退的理由")

    class Meta:
        verbose_name = "未回退的登记项"
        constraints = [
            models.UniqueConstraint(fields=["change", "fact_table", "subject", "line"], name="registry_keptline_once")
        ]

    def __str__(self) -> str:
        return f"{self.line}：{self.why}"
