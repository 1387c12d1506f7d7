"""Work orders and the entries of their ledgers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from yizheng.people.models import Account
from yizheng.systems.service.models.contract import Contract, ContractLine
from yizheng.systems.service.rights import sees_all
from yizheng.systems.service.words import Channel, EntryKind, OrderKind, Party, Satisfaction


class OrderQuerySet(models.QuerySet["WorkOrder"]):
    """Work orders with the verbs that lead a page to rows."""

    def visible_to(self, account: Account) -> OrderQuerySet:
        """All of them for those who serve or watch the service; for others what they reported themselves."""
        return self if sees_all(account) else self.filter(reporter=account)

    def open(self) -> OrderQuerySet:
        """Those not closed."""
        return self.filter(closed__isnull=True)

    def with_entries(self) -> OrderQuerySet:
        """With their ledgers, in one more query."""
        return self.select_related("line", "account").prefetch_related("entries__account", "entries__signature")


class WorkOrder(models.Model):
    """One order: what was asked, by whom, when, and by when it is to be done. What became of it its entries say."""

    number = models.CharField("工单号", max_length=16, unique=True)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="orders")
    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="orders", verbose_name="目录行")
    kind = models.CharField("种类", max_length=12, choices=OrderKind)
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    requester = models.CharField("报告单位", max_length=100)
    title = models.CharField("事由", max_length=100)
    said = models.TextField("情况", max_length=2000, blank=True)
    reported = models.DateTimeField("报告时间")
    due = models.DateTimeField("时限", null=True)
    closed = models.DateTimeField("办结时间", null=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded = models.DateTimeField("登记时间", auto_now_add=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "运维服务工单"
        ordering = ("-reported", "-id")
        indexes = [
            models.Index(fields=["contract", "-reported", "-id"], name="service_order_newest"),
            models.Index(fields=["due"], condition=models.Q(closed__isnull=True), name="service_order_due"),
            models.Index(fields=["reporter", "-id"], name="service_order_of_reporter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=OrderKind.FAILURE) | models.Q(due__isnull=True),
                name="service_failure_by_clause",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=OrderKind.FAILURE) | models.Q(due__isnull=False), name="service_order_has_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service:order", args=[self.number])


class Entry(models.Model):
    """One line of a ledger. Rows are only added: a mistake is corrected by another entry."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="entries")
    kind = models.CharField("账目", max_length=20, choices=EntryKind)
    at = models.DateTimeField("时间")
    party = models.CharField("方", max_length=16, choices=Party, blank=True)
    days = models.DecimalField("人日", max_digits=5, decimal_places=1, null=True)
    minutes = models.PositiveIntegerField("用时（分钟）", default=0)
    satisfaction = models.CharField("满意度", max_length=16, choices=Satisfaction, blank=True)
    said = models.CharField("记录", max_length=500, blank=True)
    place = models.CharField("位置", max_length=60, blank=True)
    late_reason = models.CharField("补记原因", max_length=200, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = "工单账目"
        ordering = ("at", "id")
        indexes = [models.Index(fields=["order", "at", "id"], name="service_entries_of_order")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=[EntryKind.PAUSE, EntryKind.CAUSE, EntryKind.CAUSE_PROPOSED])
                | ~models.Q(party=""),
                name="service_entry_names_party",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(kind=EntryKind.REPORT), name="service_reported_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.get_kind_display()}"

    @property
    def words(self) -> str:
        """The entry as the ledger tells it."""
        said: list[Any] = [self.get_kind_display()]
        if self.party:
            said.append(self.get_party_display())
        if self.days is not None:
            said.append(f"{self.days:g} 人日")
        if self.satisfaction:
            said.append(self.get_satisfaction_display())
        if self.place:
            said.append(self.place)
        return "　".join([*said, self.said] if self.said else said)


class Signature(models.Model):
    """What the user signed on the engineer's phone: the strokes as an SVG path, with the digest of what was signed. Rows are only added."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="signature")
    signer = models.CharField("签字人", max_length=40)
    strokes = models.TextField("笔迹", max_length=20_000)
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        verbose_name = "上门服务签字"

    def __str__(self) -> str:
        return self.signer
