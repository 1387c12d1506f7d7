"""人员: whom the office looks after. What tells who she is stands apart from what is known of her health."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class Group(models.TextChoices):
    """How she was infected; treatment and allowance differ between the groups."""

    ON_DUTY = "on_duty", "因公"
    COMMUNITY = "community", "非因公"


class Sex(models.TextChoices):
    """As the reference equations need it."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Standing(models.TextChoices):
    """Where following stands; the labels are state words of the face."""

    FOLLOWED = "followed", "随访中"
    LOST = "lost", "失访"
    MOVED = "moved", "迁出"
    DEAD = "dead", "死亡"


class Person(Purposed):
    """One person: a register number, sex, year of birth, group and standing. Nothing here names her."""

    open_to: ClassVar[frozenset[Role]] = rights.EVERYBODY
    written_by: ClassVar[frozenset[Role]] = rights.MANAGE

    subject = models.OneToOneField("registry.Subject", models.PROTECT, related_name="+")
    code = models.CharField("登记号", max_length=12, unique=True)
    sex = models.CharField("性别", max_length=6, choices=Sex)
    birth_year = models.PositiveSmallIntegerField("出生年")
    infected = models.CharField("类别", max_length=10, choices=Group)
    district = models.CharField("居住区", max_length=6)
    registered_on = models.DateField("登记日期")
    standing = models.CharField("随访状态", max_length=10, choices=Standing, default=Standing.FOLLOWED)
    ended_on = models.DateField("终止日期", null=True)

    objects: ClassVar[PurposeQuerySet[Person]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "随访人员"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing="followed", ended_on=None) | ~models.Q(standing="followed"),
                name="sequelae_followed_has_no_end",
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Her page."""
        return reverse("sequelae:person", args=[self.code])


class Identity(Purposed):
    """Who she is, enciphered: name, former names, day of birth, number, telephone; not for the statistician."""

    open_to: ClassVar[frozenset[Role]] = rights.KNOW_NAMES
    written_by: ClassVar[frozenset[Role]] = rights.MANAGE

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="identity")
    sealed = models.TextField("身份")
    number_index = models.BinaryField("证件号码检索值", max_length=16, null=True, unique=True)

    objects: ClassVar[PurposeQuerySet[Identity]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "身份"

    def __str__(self) -> str:
        return f"identity of {self.person_id}"


class History(Purposed):
    """病史: the illness of 2003 and the glucocorticoids given for it, enciphered."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_EXAMINATIONS
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="history")
    sealed = models.TextField("病史")

    objects: ClassVar[PurposeQuerySet[History]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "病史"

    def __str__(self) -> str:
        return f"history of {self.person_id}"
