"""初筛例外: a phrase that a rule of the screening hits and that two persons found to be no violation, from and to a day."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.systems.adverts.review.filing import Spared


class ScreeningException(models.Model):
    """One phrase and the rule that does not hit it; it ends by a last day and is never deleted."""

    rule = models.CharField("规则", max_length=8)
    phrase = models.CharField("词句", max_length=100)
    reason = models.CharField("理由", max_length=300)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", default=date.max)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提请人")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")

    class Meta:
        verbose_name = "初筛例外"
        ordering = ("-valid_from", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "phrase"], condition=models.Q(valid_to=date.max), name="adverts_exception_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.phrase}"


def spared_on(day: date) -> tuple[Spared, ...]:
    """The exceptions in force on a day."""
    found = ScreeningException.objects.filter(valid_from__lte=day, valid_to__gte=day)
    return tuple(Spared(rule, phrase) for rule, phrase in found.values_list("rule", "phrase"))
