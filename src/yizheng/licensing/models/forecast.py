"""A forecast of the rules (规则推演): what was asked, and the registrations that would not stand under it, with the reason.

Neither is a fact of the register; nothing of a forecast changes anything. The totals carry no person and are for the
administrators; each registration that would fail is its authority's alone.
"""

from typing import ClassVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet


class Forecast(models.Model):
    """One question about a register: a day, and the value one rule would have; with what came of it."""

    register = models.CharField("登记簿", max_length=20)
    on = models.DateField("推演日")
    rule = models.CharField("规则参数", max_length=60, blank=True)
    value = models.IntegerField("拟定的值", null=True)
    asked_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    checked = models.IntegerField("核对的注册", default=0)
    by_authority = models.JSONField("按机关", default=dict)
    by_check = models.JSONField("按规则", default=dict)

    class Meta:
        verbose_name = "规则推演"
        db_table = "licensing_forecast"

    def __str__(self) -> str:
        return f"{self.rule} = {self.value}, {self.on}" if self.rule else f"{self.on}"


class ForecastFailureQuerySet(ScopedQuerySet["ForecastFailure"]):
    """The rows of an authority; the person herself learns nothing from what is only thought about."""

    subject_column: ClassVar[str | None] = None


class ForecastFailure(models.Model):
    """One registration that stands today and would not satisfy a rule on the day, and why."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="+", verbose_name="推演")
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="人员")
    authority_scope = models.IntegerField("主管辖区")
    institution = models.ForeignKey("registry.Subject", models.PROTECT, null=True, related_name="+")
    level = models.CharField("级别", max_length=40)
    check_code = models.CharField("规则", max_length=20)
    sentence = models.CharField("原因", max_length=200)
    article = models.CharField("依据", max_length=120)

    objects = ForecastFailureQuerySet.as_manager()

    class Meta:
        verbose_name = "推演中不再符合的注册"
        db_table = "licensing_forecast_failure"
        indexes = [models.Index(fields=["forecast", "authority_scope", "id"], name="forecast_failure_by_office")]

    def __str__(self) -> str:
        return self.sentence
