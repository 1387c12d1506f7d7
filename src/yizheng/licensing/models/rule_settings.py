"""What is dated and changed by people: values of rules (规则参数), promised periods (承诺时限), years of the calendar (放假安排)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RuleValue(models.Model):
    """A period or limit from a day on, with its article. Rows are added, never changed; the newest not after the day counts."""

    code = models.CharField("参数", max_length=60)
    value = models.IntegerField("值")
    valid_from = models.DateField("自")
    article = models.CharField("依据", max_length=120)
    note = models.CharField("说明", max_length=200, blank=True)
    added_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_rule_value_a_day")]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"


class Promise(models.Model):
    """Working days within which this authority promises to decide this item from ``valid_from`` on."""

    item_code = models.CharField("事项", max_length=60)
    authority_scope = models.IntegerField("机关")
    days = models.PositiveSmallIntegerField("承诺工作日")
    valid_from = models.DateField("自")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item_code", "authority_scope", "valid_from"], name="one_promise_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.item_code} {self.days} 个工作日"


class CalendarYear(models.Model):
    """The days off and the working weekends of one year, as the State Council gave notice; a later row replaces an earlier."""

    year = models.SmallIntegerField("年份")
    days_off = ArrayField(models.DateField(), verbose_name="放假日")
    working_weekends = ArrayField(models.DateField(), verbose_name="调休上班日")
    notice = models.CharField("通知文号", max_length=120)
    loaded_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.year} 年 {self.notice}"
