"""切片: what was cut when, of what it consists, how it agrees with the slice before it, and who vouches for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from yizheng.people.rights.visibility import AuthorityQuerySet


class SliceState(models.TextChoices):
    """Where a slice stands."""

    CUT = "cut", "待验证"
    FAILED = "failed", "对账不符"
    SIGNED = "signed", "待第二人签字"
    RELEASED = "released", "已发布"
    RETIRED = "retired", "已销毁"


class Period(models.TextChoices):
    """What a slice is cut for."""

    MONTH = "month", "每月"
    HAND = "hand", "手工"


class Slice(models.Model):
    """One register as it stood on a day and was known at a position; a polished one names the one it was derived from."""

    register = models.CharField("登记簿", max_length=20)
    period = models.CharField("方式", max_length=8, choices=Period)
    valid_on = models.DateField("截至日期")
    position = models.BigIntegerField("序位")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="polished", verbose_name="打磨自")
    state = models.CharField("状态", max_length=10, choices=SliceState, default=SliceState.CUT)
    rows = models.BigIntegerField("行数", default=0)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    manifest = models.JSONField("清单", default=dict)
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("用途", max_length=200)
    cut_at = models.DateTimeField("制作时间", auto_now_add=True)
    keep_until = models.DateField("保存至")
    note = models.CharField("发布说明", max_length=500, blank=True)
    authority_scope = models.IntegerField("机关")

    objects: AuthorityQuerySet[Slice] = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "切片"
        ordering = ("-id",)
        indexes = (models.Index(fields=["register", "-position"], name="slices_of_register"),)

    def __str__(self) -> str:
        return f"{self.register} {self.valid_on} 序位 {self.position}"


class SliceTable(models.Model):
    """One kind of fact in a slice: its rows, its content digest, its file, its profile."""

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="tables", verbose_name="切片")
    table = models.CharField("登记事实表", max_length=63)
    title = models.CharField("名称", max_length=60)
    rows = models.BigIntegerField("行数")
    subjects = models.BigIntegerField("主体数")
    digest = models.CharField("内容摘要", max_length=64)
    file = models.CharField("文件摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    columns = models.JSONField("列", default=list)
    profile = models.JSONField("概况", default=list)

    class Meta:
        ordering = ("table",)
        constraints = (models.UniqueConstraint(fields=["slice", "table"], name="slices_table_once"),)

    def __str__(self) -> str:
        return f"{self.slice_id} {self.table}"


class Reconciliation(models.Model):
    """Whether two slices differ by exactly what was registered and what time brought between them."""

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="reconciliations", verbose_name="切片")
    earlier = models.ForeignKey(Slice, models.PROTECT, related_name="+", verbose_name="前一切片")
    agrees = models.BooleanField("一致")
    figures = models.JSONField("各表数目", default=list)
    faults = models.JSONField("说不清的行", default=list)
    made_at = models.DateTimeField("对账时间", auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.earlier_id}→{self.slice_id} {self.agrees}"


class PolishLine(models.Model):
    """One cell that polishing changed, or could not mend; the register itself stays as it is."""

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="polish_lines", verbose_name="打磨后的切片")
    table = models.CharField("登记事实表", max_length=63)
    row = models.BigIntegerField("版本")
    subject = models.BigIntegerField("主体")
    column = models.CharField("字段", max_length=63)
    label = models.CharField("名称", max_length=60)
    old = models.TextField("原值")
    new = models.TextField("新值")
    rule = models.CharField("规则", max_length=12)
    mended = models.BooleanField("已处理")
    authority_scope = models.IntegerField("主管辖区")
    ordered = models.DateTimeField("发出更正通知", null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}"


class SampleState(models.TextChoices):
    """What the comparison of a sampled subject with its papers found."""

    OPEN = "", "待核对"
    SAME = "same", "相符"
    DIFFERS = "differs", "不符"


class Sample(models.Model):
    """One subject drawn for comparison by hand."""

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="samples", verbose_name="切片")
    number = models.IntegerField("序号")
    subject = models.BigIntegerField("主体")
    verdict = models.CharField("结果", max_length=8, choices=SampleState, default=SampleState.OPEN, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("核对时间", null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["slice", "number"], name="slices_sample_once"),)

    def __str__(self) -> str:
        return f"{self.slice_id} {self.number}"


class SliceReport(models.Model):
    """The report of a slice: every rule with what it tested and hit, the sample, the conclusion, both signatures."""

    slice = models.OneToOneField(Slice, models.CASCADE, related_name="report", verbose_name="切片")
    results = models.JSONField("各项结果", default=list)
    sampled = models.IntegerField("抽样数", default=0)
    differing = models.IntegerField("不符数", default=0)
    conclusion = models.CharField("结论", max_length=40, blank=True)
    first_signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    first_signed_at = models.DateTimeField("验证人签字", null=True)
    second_signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_signed_at = models.DateTimeField("复核人签字", null=True)

    def __str__(self) -> str:
        return f"{self.slice_id} {self.conclusion}"

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The results that hit something."""
        return [each for each in self.results if each["hit"]]
