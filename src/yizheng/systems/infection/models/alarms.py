"""预警和暴发: what the nightly detection found, how it was judged, the event it became, and its reports with their hours."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.systems.infection.models.units import Unit

WHOLE = "全院"


class AlarmState(models.TextChoices):
    """Where an alarm stands."""

    OPEN = "open", "待核实"
    VERIFIED = "verified", "已核实"
    DISMISSED = "dismissed", "已排除"


class Outbreak(models.Model):
    """An event of a hospital: watched, suspected, confirmed or ruled out, with the counts its reporting hours follow from."""

    class State(models.TextChoices):
        """What is known of it."""

        WATCHED = "watched", "聚集，院内调查"
        SUSPECTED = "suspected", "疑似暴发"
        CONFIRMED = "confirmed", "暴发"
        RULED_OUT = "ruled_out", "已排除"
        OVER = "over", "已结案"

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    institution_scope = models.IntegerField("机构")
    authority_scope = models.IntegerField("辖区")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="科室")
    organism = models.CharField("对象", max_length=24)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WATCHED)
    cases = models.PositiveIntegerField("病例")
    exposed = models.PositiveIntegerField("暴露人数", null=True)
    deaths = models.PositiveIntegerField("直接死亡", default=0)
    harmed = models.PositiveIntegerField("人身损害", default=0)
    special = models.BooleanField("特殊或者新发病原体", default=False)
    impact = models.BooleanField("可能造成重大公共影响或者严重后果", default=False)
    detected = models.DateTimeField("发现时间")
    confirmed = models.DateTimeField("证实时间", null=True)
    summary = models.CharField("调查和处置", max_length=500, blank=True)

    objects: ScopedQuerySet[Outbreak] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "暴发事件"
        ordering = ("-detected", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(deaths__lte=F("cases")), name="infection_outbreak_deaths"),
            models.CheckConstraint(condition=Q(harmed__lte=F("cases")), name="infection_outbreak_harmed"),
            models.CheckConstraint(
                condition=Q(exposed__isnull=True) | Q(exposed__gte=F("cases")), name="infection_outbreak_exposed"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.organism}"

    @property
    def place(self) -> str:
        """The ward; the whole hospital where it is about no single one."""
        return self.unit.name if self.unit else WHOLE


class Alarm(models.Model):
    """One alarm: a ward or the whole hospital, what gathers there, a day, and all that explains it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    institution_scope = models.IntegerField("机构")
    authority_scope = models.IntegerField("辖区")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="科室")
    organism = models.CharField("对象", max_length=24)
    day = models.DateField("日期")
    rules = models.JSONField("触发的规则")
    explained = models.JSONField("依据")
    state = models.CharField("状态", max_length=10, choices=AlarmState, default=AlarmState.OPEN)
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="alarms", verbose_name="事件")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=300, blank=True)
    raised = models.DateTimeField("运行时间", auto_now_add=True)
    judged = models.DateTimeField("核实时间", null=True)

    objects: ScopedQuerySet[Alarm] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "聚集预警"
        ordering = ("-day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "unit", "organism"],
                condition=Q(state="open"),
                name="infection_alarm_open_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.organism} {self.day}"

    @property
    def place(self) -> str:
        """The ward; the whole hospital where it is about no single one."""
        return self.unit.name if self.unit else WHOLE


class OutbreakFinding(models.Model):
    """What the hospital found at a moment; each stays, because the hours of a report run from the finding that asks for it."""

    outbreak = models.ForeignKey(Outbreak, models.PROTECT, related_name="findings", verbose_name="事件")
    at = models.DateTimeField("证实时间", auto_now_add=True)
    state = models.CharField("结论", max_length=10, choices=Outbreak.State)
    cases = models.PositiveIntegerField("病例")
    exposed = models.PositiveIntegerField("暴露人数", null=True)
    deaths = models.PositiveIntegerField("直接死亡")
    harmed = models.PositiveIntegerField("人身损害")
    special = models.BooleanField("特殊或者新发病原体")
    impact = models.BooleanField("可能造成重大公共影响或者严重后果")
    summary = models.CharField("调查和处置", max_length=500)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="调查人")

    class Meta:
        verbose_name = "暴发调查"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.outbreak_id} {self.get_state_display()} {self.cases} 例"


class OutbreakReport(models.Model):
    """One report of an event up the ladder; with when it was received. An outside report is never withdrawn."""

    class Kind(models.TextChoices):
        """What a report is."""

        FIRST = "first", "初次报告"
        PROGRESS = "progress", "进程报告"
        CORRECTION = "correction", "订正报告"
        CLOSING = "closing", "结案报告"

    outbreak = models.ForeignKey(Outbreak, models.PROTECT, related_name="reports", verbose_name="事件")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    text = models.CharField("内容", max_length=500)
    cases = models.PositiveIntegerField("病例")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报告人")
    at = models.DateTimeField("报告时间", auto_now_add=True)
    received_by_district = models.DateTimeField("区级接收", null=True)
    received_by_city = models.DateTimeField("市级接收", null=True)
    sent_to_nation = models.DateTimeField("报国家", null=True)

    class Meta:
        verbose_name = "暴发报告"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["outbreak"], condition=Q(kind="first"), name="infection_reported_first_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outbreak_id} {self.get_kind_display()}"
