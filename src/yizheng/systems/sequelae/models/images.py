"""医学影像: deliveries, studies and their objects. Whose a study says it is lies enciphered; the files lie in the store, sealed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class Way(models.TextChoices):
    """How images came."""

    FILES = "files", "文件"
    DISC = "disc", "光盘"
    NETWORK = "network", "网络"
    SCAN = "scan", "胶片扫描"


class Medium(models.TextChoices):
    """What became of a disc: a duty of the contract."""

    HERE = "", "在库"
    RETURNED = "returned", "已归还"
    DESTROYED = "destroyed", "已销毁"


class Delivery(Purposed):
    """One delivery: how it came, what was in it, and what became of the medium."""

    open_to: ClassVar[frozenset[Role]] = rights.TAKE_IN
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    way = models.CharField("方式", max_length=10, choices=Way)
    name = models.CharField("名称", max_length=120)
    partner = models.CharField("交换对象", max_length=40, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="接收人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    fates = models.JSONField("逐个结果", default=dict)
    medium = models.CharField("介质去向", max_length=10, choices=Medium, blank=True)
    medium_at = models.DateTimeField("介质办理时间", null=True)

    objects: ClassVar[PurposeQuerySet[Delivery]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "影像接收"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class StudyState(models.TextChoices):
    """Whose a study is; the labels are state words of the face."""

    ACCEPTED = "accepted", "一致"
    REVIEW = "review", "待核查"
    REJECTED = "rejected", "未找到"


class StudyQuerySet(PurposeQuerySet["Study"]):
    """Studies, and those of somebody."""

    def of(self, person: Person) -> StudyQuerySet:
        """The accepted ones of a person, the oldest first."""
        return self.filter(person=person, state=StudyState.ACCEPTED).order_by("on", "id")


class Study(Purposed):
    """One study: its day and kind, whose it is, how that was found, and who looked that no identity is burned into the pixels."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_IMAGES
    written_by: ClassVar[frozenset[Role]] = rights.LOOK

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="studies")
    uid = models.CharField("检查 UID", max_length=64, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="studies")
    state = models.CharField("状态", max_length=10, choices=StudyState)
    on = models.DateField("检查日期")
    modality = models.CharField("设备类型", max_length=16)
    body = models.CharField("部位", max_length=16, blank=True)
    described = models.CharField("检查名称", max_length=64, blank=True)
    sealed = models.TextField("影像中的身份")
    patient_index = models.BinaryField("病人号检索值", max_length=16)
    why = models.CharField("依据", max_length=200, blank=True)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    looked = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[StudyQuerySet] = StudyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "影像检查"
        ordering = ("-on", "-id")
        constraints = [
            models.CheckConstraint(condition=~Q(state="accepted") | ~Q(person=None), name="sequelae_study_has_person")
        ]
        indexes = [
            models.Index(fields=["person", "on"], name="sequelae_studies_of_person"),
            models.Index(fields=["patient_index"], name="sequelae_study_patient"),
        ]

    def __str__(self) -> str:
        return f"{self.modality} {self.on}"


class Image(Purposed):
    """One object: its identity, the digest of its pixels, and where its sealed file lies."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_IMAGES
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    study = models.ForeignKey(Study, models.PROTECT, related_name="images")
    series = models.CharField("序列 UID", max_length=64)
    uid = models.CharField("对象 UID", max_length=64, unique=True)
    sop_class = models.CharField("对象类型", max_length=64)
    number = models.PositiveIntegerField("序号")
    frames = models.PositiveIntegerField("帧数")
    pixels = models.CharField("像素摘要", max_length=64)
    digest = models.CharField("文件摘要", max_length=64)

    objects: ClassVar[PurposeQuerySet[Image]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "影像"
        ordering = ("series", "number", "id")

    def __str__(self) -> str:
        return self.uid
