"""科室和监测计划: the units of a hospital that report, and what each reports from which month."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.systems.infection.lists import names
from yizheng.systems.infection.records.kinds import TITLES


class Unit(models.Model):
    """One unit of a hospital."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    authority_scope = models.IntegerField("辖区")
    code = models.CharField("科室代码", max_length=20)
    name = models.CharField("科室名称", max_length=50)
    kind = models.CharField("类别", max_length=10)
    icu_type = models.CharField("ICU 类型", max_length=10, blank=True)
    beds = models.PositiveIntegerField("床位")

    objects: ScopedQuerySet[Unit] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "监测科室"
        ordering = ("subject_id", "code")
        constraints = (
            models.UniqueConstraint(fields=["subject", "code"], name="infection_unit_code"),
            models.CheckConstraint(condition=Q(beds__gt=0), name="infection_unit_has_beds"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """The kind in words, of an intensive care unit its type."""
        return names("icu_type").get(self.icu_type) or names("unit_kind").get(self.kind, self.kind)


class Plan(models.Model):
    """A hospital, or one unit of it, reports a record every month from the first to the last month named."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    authority_scope = models.IntegerField("辖区")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="plans", verbose_name="科室")
    record = models.CharField("报表", max_length=16, choices=TITLES)
    first = models.DateField("自月份起")
    last = models.DateField("至月份止", null=True)

    objects: ScopedQuerySet[Plan] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "监测计划"
        ordering = ("subject_id", "unit__code", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "unit", "record"], name="infection_plan_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="infection_plan_ends_after"
            ),
        )

    def __str__(self) -> str:
        return self.get_record_display()
