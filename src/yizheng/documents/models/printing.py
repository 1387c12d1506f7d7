"""制证台账: what was printed on paper, spoilt and handed over, certificate by certificate; append only.

行政许可法第三十九条、第四十四条: a grant is followed by a certificate, delivered within ten days. Paper is counted because a
blank sheet with a seal is worth forging.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.documents.models.documents import MadeFor
from yizheng.people.rights.visibility import ScopedQuerySet


class PrintRunQuerySet(ScopedQuerySet["PrintRun"]):
    """A run is the authority's that printed it."""

    subject_column: ClassVar[str | None] = None


class PrintRun(models.Model):
    """One file sent to the printer: its pages are kept as they were set."""

    authority_scope = models.IntegerField("机关")
    certificates = models.IntegerField("证书数")
    digest = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = "打印批次"

    def __str__(self) -> str:
        return f"{self.pk}（{self.certificates} 本）"


class LedgerAct(models.TextChoices):
    """What happened to paper."""

    PRINTED = "printed", "打印"
    SPOILT = "spoilt", "作废"
    DELIVERED = "delivered", "送达"


class LedgerQuerySet(ScopedQuerySet["LedgerEntry"]):
    """An entry is the authority's that keeps the ledger."""

    subject_column: ClassVar[str | None] = None


class LedgerEntry(models.Model):
    """One line of the ledger. `nth` counts the prints of a certificate number over all its versions."""

    certificate = models.ForeignKey("documents.Certificate", models.PROTECT, related_name="ledger", verbose_name="证照")
    authority_scope = models.IntegerField("机关")
    act = models.CharField("事项", max_length=10, choices=LedgerAct)
    nth = models.SmallIntegerField("第几次打印")
    purpose = models.CharField("原因", max_length=10, choices=MadeFor)
    paper_serial = models.CharField("纸张编号", max_length=40, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    run = models.ForeignKey(PrintRun, models.PROTECT, null=True, related_name="entries", verbose_name="批次")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = "制证台账"
        indexes = [
            models.Index(fields=["authority_scope", "-id"], name="documents_ledger_newest"),
            models.Index(fields=["certificate", "act"], name="documents_ledger_certificate"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["paper_serial"],
                condition=~models.Q(paper_serial="") & models.Q(act="printed"),
                name="documents_paper_used_once",
            )
        ]

    def __str__(self) -> str:
        return f"{LedgerAct(self.act).label} {self.certificate_id}"
