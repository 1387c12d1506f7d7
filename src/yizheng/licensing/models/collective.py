"""Many cases at once: a batch (批量办理) of a desk, and a dossier (批量办件) of an institution (医师法 第十三条: 集体办理)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.licensing.catalogue import item
from yizheng.licensing.item import Item
from yizheng.licensing.models.case import CaseScopedQuerySet
from yizheng.people.models import Account


class BatchQuerySet(models.QuerySet["Batch"]):
    """A batch is seen by whoever asked for it."""

    def visible_to(self, account: Account) -> BatchQuerySet:
        """The batches of the account."""
        return self.filter(account=account)


class Batch(models.Model):
    """One verb a clerk asked to be done to many cases, with which opinion; the cases are its rows."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")
    verb = models.CharField("办理", max_length=30)
    reason = models.TextField("意见", blank=True)
    made_at = models.DateTimeField("提交", auto_now_add=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "批量办理"

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


class DossierQuerySet(CaseScopedQuerySet["Dossier"]):
    """A dossier is the institution's that makes it and, once handed in, the authority's."""

    subject_column: ClassVar[str | None] = None


class Dossier(models.Model):
    """What is asked for whom stands in its rows; each row that is in order has a case of its own."""

    number = models.CharField("批号", max_length=20, unique=True)
    item_code = models.CharField("事项", max_length=60)
    rules_on = models.DateField("适用规则日")
    institution_scope = models.IntegerField("申请机构")
    institution_name = models.CharField("机构名称", max_length=200)
    institution_subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+")
    authority_scope = models.IntegerField("受理机关", null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    handed_in_at = models.DateTimeField(null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "批量办件"
        indexes = [models.Index(fields=["institution_scope", "-id"], name="dossier_institution")]

    def __str__(self) -> str:
        return f"{self.number} {self.institution_name}"

    @property
    def item(self) -> Item:
        """The declaration its cases are judged by."""
        return item(self.item_code, self.rules_on)


class DossierRowQuerySet(models.QuerySet["DossierRow"]):
    """The rows of dossiers; they are seen with their dossier."""

    def live(self) -> DossierRowQuerySet:
        """Those in whose place no corrected row stands."""
        return self.filter(replaced_by=None)


class DossierRow(models.Model):
    """One person of a dossier as the institution wrote her down; a row that was not taken has a problem and no case.

    Beside a draft stands what is still against handing it in.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rows")
    line = models.IntegerField("行号")
    name = models.CharField("姓名", max_length=100, blank=True)
    sealed = models.TextField("加密的原行")
    problem = models.TextField("不合格原因", blank=True)
    case = models.ForeignKey("licensing.Case", models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="改正的行"
    )

    objects = DossierRowQuerySet.as_manager()

    class Meta:
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.line}"
