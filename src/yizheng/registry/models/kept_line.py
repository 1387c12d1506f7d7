"""A line that a partial rollback left as it was, and why."""

from django.db import models

from yizheng.registry.models.change import Change
from yizheng.registry.models.subject import Subject


class KeptLine(models.Model):
    """`change` is the rollback; the line keeps what the undone change did to it."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="kept_lines", verbose_name="回退")
    fact_table = models.CharField("登记事实表", max_length=63)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="主体")
    line = models.CharField("登记项", max_length=80)
    why = models.TextField("不回退的理由")

    class Meta:
        verbose_name = "未回退的登记项"
        verbose_name_plural = "未回退的登记项"
        constraints = [
            models.UniqueConstraint(fields=["change", "fact_table", "subject", "line"], name="registry_keptline_once")
        ]

    def __str__(self) -> str:
        return f"{self.line}：{self.why}"
