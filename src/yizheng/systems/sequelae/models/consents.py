"""知情同意: which version of the notice a person agreed to and when, and that she withdrew. Rows stay; the last one counts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class Consent(Purposed):
    """One consent (个人信息保护法 第二十九条: sensitive information needs a consent of its own), ended by its withdrawal (第十五条)."""

    open_to: ClassVar[frozenset[Role]] = rights.EVERYBODY
    written_by: ClassVar[frozenset[Role]] = rights.MANAGE

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    version = models.CharField("版本", max_length=10)
    given_on = models.DateField("同意日期")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    withdrawn_on = models.DateField("撤回日期", null=True)
    why = models.CharField("撤回的说明", max_length=200, blank=True)

    objects: ClassVar[PurposeQuerySet[Consent]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "知情同意"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_on=None), name="sequelae_consent_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.version}"
