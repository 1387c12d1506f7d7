"""依据: the versions of facts a decision relied on, so that nobody takes them back unnoticed."""

from django.db import models

from yizheng.registry.models.change import Change


class Basis(models.Model):
    """One version a change relied on; `fact_table` and `version` name it, `case_ref` says for which case."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="basis", verbose_name="变更")
    case_ref = models.CharField("办件", max_length=120)
    fact_table = models.CharField("登记事实表", max_length=63)
    version = models.BigIntegerField("版本")

    class Meta:
        verbose_name = "决定依据"
        verbose_name_plural = "决定依据"
        constraints = [
            models.UniqueConstraint(fields=["fact_table", "version", "change", "case_ref"], name="registry_basis_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_ref} 依据 {self.fact_table} {self.version}"
