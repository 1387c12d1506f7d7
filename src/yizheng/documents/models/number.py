"""Counters and what each number was given to. A number once given is never given again, whatever is undone later."""

from django.db import models


class Counter(models.Model):
    """The last number given in one series under one key; its row is the lock that makes numbers different."""

    series = models.CharField("号段", max_length=40)
    key = models.CharField("范围", max_length=40)
    last = models.BigIntegerField("已用到")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "key"], name="documents_counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.key}：{self.last}"


class Allocation(models.Model):
    """One number given: append only, so that a gap has a known cause and a second gift is refused by the database."""

    series = models.CharField("号段", max_length=40)
    key = models.CharField("范围", max_length=40)
    number = models.BigIntegerField("号码")
    given_to = models.CharField("用于", max_length=120)
    change_id = models.BigIntegerField("登记变更", null=True)
    given_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "key", "number"], name="documents_allocation_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.key} {self.number}"
