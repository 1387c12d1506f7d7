"""The tables of the room: ordinary tables, not facts. What a batch holds before it is loaded lies in its staging."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.people.rights.visibility import AuthorityQuerySet


class BatchState(models.TextChoices):
    """Where a batch stands."""

    RECEIVED = "received", "待核对"
    CHECKED = "checked", "待确认"
    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "待写入"
    LOADED = "loaded", "已入册"
    NOTHING = "nothing", "无变化"
    REFUSED = "refused", "不能接收"
    DISCARDED = "discarded", "已作废"
    UNDONE = "undone", "已回退"


class Batch(models.Model):
    """One file handed in at an authority: what it is, who brought it, what was found in it, what became of it."""

    format = models.CharField("格式", max_length=60)
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    kind = models.CharField("文件种类", max_length=8, blank=True)
    authority_scope = models.IntegerField("接收机关")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received = models.DateTimeField("收到时间", auto_now_add=True)
    state = models.CharField("状态", max_length=12, choices=BatchState, default=BatchState.RECEIVED)
    job = models.BigIntegerField("后台任务", null=True)
    message = models.CharField("说明", max_length=500, blank=True)
    mapping = models.JSONField("列对应", default=dict)
    unplaced = models.JSONField("未用的列", default=list)
    remarks = models.JSONField("对文件的说明", default=list)
    rows = models.IntegerField("行数", default=0)
    accepted = models.IntegerField("可接收", default=0)
    rejected = models.IntegerField("不接收", default=0)
    errors = models.JSONField("按种类计", default=dict)
    difference = models.JSONField("差异", default=dict)
    checked_at = models.BigIntegerField("核对时的序位", null=True)
    change = models.BigIntegerField("变更", null=True)
    loaded = models.DateTimeField("入册时间", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_by = models.BigIntegerField("回退的变更", null=True)

    objects: "AuthorityQuerySet[Batch]" = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["authority_scope", "-id"], name="intake_batch_of_authority"),
            models.Index(fields=["digest", "format"], name="intake_batch_same_file"),
            models.Index(fields=["change"], name="intake_batch_change", condition=models.Q(change__isnull=False)),
        )

    def __str__(self) -> str:
        return f"批次 {self.pk}（{self.name}）"

    @property
    def staging(self) -> str:
        """The table its rows are staged in."""
        return f"intake_staging.batch_{int(self.pk)}"

    @property
    def verdicts(self) -> str:
        """The table that says what becomes of each staged row."""
        return f"intake_staging.verdict_{int(self.pk)}"


class Finding(models.Model):
    """One finding. ``given`` is what the file says, ``known`` what the register says; numbers of persons are masked."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="findings", db_index=False)
    row = models.IntegerField("行")
    code = models.CharField("种类", max_length=40)
    severity = models.CharField("性质", max_length=12)
    column = models.CharField("列", max_length=60, blank=True)
    message = models.CharField("说明", max_length=300)
    given = models.CharField("文件所载", max_length=200, blank=True)
    known = models.CharField("登记所载", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("row", "id")
        indexes = (
            models.Index(fields=["batch", "row"], name="intake_finding_of_row"),
            models.Index(fields=["batch", "code", "row"], name="intake_finding_of_code"),
        )

    def __str__(self) -> str:
        return f"{self.row} {self.code}"


def kinds_of(batch: Batch) -> list[tuple[str, int, str, str]]:
    """Every kind of finding that stopped rows of the batch: its code, how many rows, its words and its severity; most rows first.

    Where rows of a kind are told in several ways, the words of one stand for all.
    """
    found = Finding.objects.filter(batch=batch, code__in=list(batch.errors)).exclude(severity="note")
    words = {
        code: (one if one == other else f"{one}等", severity)
        for code, one, other, severity in found.order_by()
        .values("code")
        .annotate(one=models.Min("message"), other=models.Max("message"), worst=models.Min("severity"))
        .values_list("code", "one", "other", "worst")
    }
    counted = sorted(batch.errors.items(), key=lambda each: (-each[1], each[0]))
    return [(code, count, *words.get(code, (batch.message, "error"))) for code, count in counted]


class KeptHeading(models.Model):
    """``heading`` of files of ``format`` handed in at ``authority_scope`` is the column ``column``."""

    format = models.CharField(max_length=60)
    authority_scope = models.IntegerField()
    heading = models.CharField(max_length=100)
    column = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["format", "authority_scope", "heading"], name="intake_heading_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.heading} → {self.column}"


class SealedNumbers(models.Model):
    """The numbers of one block of rows, enciphered together; gone once the batch is loaded or discarded."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sealed_numbers")
    first_row = models.IntegerField()
    last_row = models.IntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.first_row}—{self.last_row}"
