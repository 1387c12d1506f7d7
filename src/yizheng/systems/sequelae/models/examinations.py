"""体检: files of results, whose rows they are, and what stands of a person's examinations. Rows are kept for good.

A batch that is withdrawn leaves what stood before it standing again.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet
from yizheng.systems.sequelae.models.rounds import Round


class Source(Purposed):
    """Where files come from: its headings as they were placed once, with the units it reports in, and its devices."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_EXAMINATIONS
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    code = models.SlugField("代码", max_length=20, unique=True)
    title = models.CharField("来源", max_length=60)
    mapping = models.JSONField("列对照", default=dict)
    device = models.CharField("设备", max_length=60, blank=True)

    objects: ClassVar[PurposeQuerySet[Source]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "体检数据来源"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title


class BatchState(models.TextChoices):
    """Where a file stands; the labels are state words of the face."""

    READ = "read", "待核对"
    LOADED = "loaded", "已入库"
    WITHDRAWN = "withdrawn", "已撤回"


class Batch(Purposed):
    """One file of one source for one round. A second copy of the same results may be read against it (双人校对)."""

    open_to: ClassVar[frozenset[Role]] = rights.TAKE_IN
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    source = models.ForeignKey(Source, models.PROTECT, related_name="batches")
    round = models.ForeignKey(Round, models.PROTECT, related_name="batches")
    name = models.CharField("文件", max_length=120)
    digest = models.CharField("内容摘要", max_length=64)
    expected = models.PositiveIntegerField("附函行数", null=True)
    state = models.CharField("状态", max_length=10, choices=BatchState, default=BatchState.READ)
    second_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="second_reading")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="接收人")
    taken_at = models.DateTimeField("接收时间", auto_now_add=True)
    loader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField("入库时间", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    why = models.CharField("撤回理由", max_length=200, blank=True)
    report = models.JSONField("对照报告", default=dict)

    objects: ClassVar[PurposeQuerySet[Batch]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "体检批次"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "round", "digest"],
                condition=~Q(state="withdrawn") & Q(second_of=None),
                name="sequelae_file_once",
            ),
            models.CheckConstraint(
                condition=Q(loader=None) | ~Q(loader=models.F("account")), name="sequelae_batch_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sequelae:batch", args=[self.pk])


class LinkState(models.TextChoices):
    """Whether somebody was recognised; the labels are state words of the face."""

    MATCHED = "matched", "一致"
    REVIEW = "review", "待核查"
    UNMATCHED = "unmatched", "未找到"


class Link(Purposed):
    """对照关系: that a record of a source is a person's, how that was found, and since when until when it holds.

    Rows are never removed; what a hand decided (``method`` is hand) no later run changes.
    """

    open_to: ClassVar[frozenset[Role]] = rights.TAKE_IN
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    source = models.ForeignKey(Source, models.PROTECT, related_name="links")
    year = models.PositiveSmallIntegerField("年度")
    record_index = models.BinaryField("记录检索值", max_length=16)
    sealed = models.TextField("记录中的身份")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="links")
    candidates = models.JSONField("候选", default=list)
    method = models.CharField("方法", max_length=12)
    score = models.FloatField("得分", null=True)
    state = models.CharField("状态", max_length=10, choices=LinkState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.CharField("理由", max_length=200, blank=True)
    since = models.DateTimeField("自", auto_now_add=True)
    until = models.DateTimeField("至", null=True)

    objects: ClassVar[PurposeQuerySet[Link]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "对照关系"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "year", "record_index"], condition=Q(until=None), name="sequelae_record_links_once"
            ),
            models.CheckConstraint(condition=Q(state="matched") | Q(person=None), name="sequelae_link_has_person"),
        ]
        indexes = [models.Index(fields=["record_index"], name="sequelae_link_record")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.year} → {self.person_id}"


class BatchRow(Purposed):
    """One row of a file: its cells enciphered, the link it goes by, and what was found wrong with it."""

    open_to: ClassVar[frozenset[Role]] = rights.TAKE_IN
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("行号")
    link = models.ForeignKey(Link, models.PROTECT, related_name="rows")
    sealed = models.TextField("内容")
    faults = models.JSONField("问题", default=list)
    chosen = models.TextField("校对取值", blank=True)

    objects: ClassVar[PurposeQuerySet[BatchRow]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "体检文件的行"
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="sequelae_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class ExaminationQuerySet(PurposeQuerySet["Examination"]):
    """Examinations, and those that stand."""

    def standing(self) -> ExaminationQuerySet:
        """Neither withdrawn nor replaced."""
        return self.filter(withdrawn=False, replaced_by=None)


class Examination(Purposed):
    """What one source found of a person in a round, enciphered: values, comparators, printed ranges, reasons of absence."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_EXAMINATIONS
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    person = models.ForeignKey(Person, models.PROTECT, related_name="examinations")
    round = models.ForeignKey(Round, models.PROTECT, related_name="examinations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="examinations")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="examinations")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="examinations")
    on = models.DateField("体检日期")
    device = models.CharField("设备", max_length=60, blank=True)
    sealed = models.TextField("结果")
    withdrawn = models.BooleanField("已撤回", default=False)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")

    objects: ClassVar[ExaminationQuerySet] = ExaminationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "体检结果"
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "round", "source"],
                condition=Q(withdrawn=False, replaced_by=None),
                name="sequelae_examination_stands_once",
            )
        ]
        indexes = [models.Index(fields=["person", "on"], name="sequelae_exams_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
