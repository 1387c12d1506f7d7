"""承诺时限: an authority may promise a shorter period than the law gives it; dated, by item and authority."""

from django.db import models


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
