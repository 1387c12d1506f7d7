"""The contract: its parties, its term, its amount, the priced lines, and what happened under it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models

from yizheng.systems.service.words import Section, System


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts by day."""

    def covering(self, day: date) -> Contract | None:
        """The contract in whose term a day lies, else the last that began before; nothing where there is none."""
        return self.filter(starts__lte=day).order_by("-starts").first()


class Contract(models.Model):
    """One contract of service; its clauses are the program's, its dates, parties and amounts are data."""

    code = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=120)
    client = models.CharField("甲方", max_length=100)
    contractor = models.CharField("乙方", max_length=100)
    starts = models.DateField("服务期起")
    ends = models.DateField("服务期止")
    amount = models.DecimalField("合同金额", max_digits=14, decimal_places=2)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "服务合同"
        ordering = ("-starts",)
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="service_contract_term"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="service_contract_amount"),
        ]

    def __str__(self) -> str:
        return self.title


class ContractLine(models.Model):
    """One priced line of the contract: a line of the catalogue, how much work it pays for, and at what price."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="lines")
    code = models.CharField("目录行", max_length=8)
    system = models.CharField("系统", max_length=1, choices=System)
    section = models.CharField("类别", max_length=12, choices=Section)
    title = models.CharField("服务内容", max_length=100)
    person_months = models.DecimalField("人月", max_digits=6, decimal_places=2)
    unit_price = models.DecimalField("单价", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "合同目录行"
        ordering = ("contract", "id")
        constraints = [models.UniqueConstraint(fields=["contract", "code"], name="service_line_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def amount(self) -> Decimal:
        """What the line costs, to the cent."""
        return (self.person_months * self.unit_price).quantize(Decimal("0.01"))


class EventKind(models.TextChoices):
    """What happens under a contract besides work: money, notices, acceptance."""

    EFFECT = "effect", "合同生效"
    INVOICE_1 = "invoice_1", "首付款发票"
    PAID_1 = "paid_1", "首付款支付"
    INVOICE_2 = "invoice_2", "尾款发票"
    PAID_2 = "paid_2", "尾款支付"
    ACCEPTANCE = "acceptance", "验收通过"
    FUNDS = "funds", "财政资金到位"
    BREACH = "breach", "认定违约"
    BANK_CHANGE = "bank_change", "收款账户变更"
    BANK_NOTICE = "bank_notice", "账户变更书面告知"
    FORCE_MAJEURE = "force_majeure", "不可抗力发生"
    FORCE_MAJEURE_PROOF = "force_majeure_proof", "不可抗力证明送达"
    DISPUTE = "dispute", "开始协商争议"
    RENEWAL_NOTICE = "renewal_notice", "续签意向"
    EXPIRY_NOTICE = "expiry_notice", "期满书面通知"
    PLAN = "plan", "运维方案确认"
    CHANNELS = "channels", "联系渠道确认"
    TEAM = "team", "项目组名单确认"
    CLIENT_TEAM = "client_team", "甲方管理小组名单"
    ENVIRONMENT = "environment", "环境和设备交接"
    OWN_STAFF = "own_staff", "不转包声明"
    INTEGRITY = "integrity", "廉洁承诺"
    SUPPLEMENT = "supplement", "补充协议"
    INSPECTION = "inspection", "主管部门安全检查"
    ASSESSMENT = "assessment", "服务质量考核、通报"
    BILL_OF_MATERIALS = "bill_of_materials", "软件物料清单和许可核对"
    SECRECY = "secrecy", "保密协议签署"
    SECURITY_HEAD = "security_head", "网络安全负责人任命"
    DEDUCTION = "deduction", "扣减确认"
    HANDOVER = "handover", "交付物移交签收"


class ContractEvent(models.Model):
    """One thing that happened under a contract, on its day, with the paper that proves it. Rows are only added."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="events")
    kind = models.CharField("事项", max_length=24, choices=EventKind)
    on = models.DateField("日期")
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2, null=True)
    reference = models.CharField("凭证", max_length=120)
    said = models.CharField("说明", max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "合同履行记录"
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
