"""A batch (批量办理): one verb a clerk asked to be done to many cases, and what became of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.people.models import Account


class BatchQuerySet(models.QuerySet["Batch"]):
    """A batch is seen by whoever asked for it."""

    def visible_to(self, account: Account) -> BatchQuerySet:
        """The batches of the account."""
        return self.filter(account=account)


class Batch(models.Model):
    """The verb, by whom, with which opinion; the cases are its rows."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")
    verb = models.CharField("办理", max_length=30)
    reason = models.TextField("意见", blank=True)
    made_at = models.DateTimeField("提交", auto_now_add=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "批量办理"
        verbose_name_plural = "批量办理"

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class BatchRow(models.Model):
    """One case of a batch: where it stood when it was chosen, and what became of it; written once."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows")
    case = models.ForeignKey("licensing.Case", models.PROTECT, related_name="+")
    revision = models.IntegerField(help_text="选入时办件的版次")
    done = models.BooleanField("已办", null=True)
    problem = models.CharField("未办原因", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="one_row_a_case_in_a_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.case_id}"
