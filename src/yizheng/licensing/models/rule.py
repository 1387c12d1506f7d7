"""Dated values of rules (规则参数): periods and limits an administrator can change, with the article they come from."""

from django.db import models


class RuleValue(models.Model):
    """The value of one parameter from a day on. Rows are added, never changed; the newest not after the day counts."""

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
