"""What certificates and instruments have in common: a code to check them by, sealed fields, a status that ends once."""

from django.db import models


class Status(models.TextChoices):
    """Whether a document still speaks."""

    VALID = "valid", "有效"
    SUPERSEDED = "superseded", "已由新版本取代"
    REVOKED = "revoked", "已失效"


class Ending(models.TextChoices):
    """Why a document ended; four words of the law that are never merged, and the two of bookkeeping."""

    CANCELLED = "cancelled", "注销"
    ANNULLED = "annulled", "撤销"
    PENALTY = "penalty", "吊销"
    LAPSED = "lapsed", "失效"
    ROLLED_BACK = "rolled_back", "更正回退"
    REPLACED = "replaced", "换发新版本"


class MadeFor(models.TextChoices):
    """Why a version of a certificate was made; the ledger of prints repeats it."""

    FIRST = "first", "首次制发"
    CHANGED = "changed", "登记变更换发"
    LOST = "lost", "遗失补发"
    DAMAGED = "damaged", "损坏换发"
    FULL = "full", "变更栏填满换发"
    LAYOUT = "layout", "新版式换发"
    RESTORED = "restored", "恢复"


class IssuedDocument(models.Model):
    """Append only but for its ending, which the database lets be written once."""

    code = models.CharField("核验码", max_length=26, unique=True)
    kind = models.CharField("种类", max_length=40)
    number = models.CharField("编号", max_length=60)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="主体")
    authority_scope = models.IntegerField("机关")
    issuer = models.CharField("发文机关", max_length=100)
    issued_on = models.DateField("签发日期")
    change_id = models.BigIntegerField("登记变更", null=True, db_index=True)
    digest = models.CharField("印制内容摘要", max_length=32)
    sealed = models.TextField("加密的印制内容")
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.VALID)
    ending = models.CharField("终止原因", max_length=12, choices=Ending, blank=True)
    ended_on = models.DateField("终止日期", null=True)
    ended_by = models.BigIntegerField("终止的登记变更", null=True, db_index=True)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def edition(self) -> int:
        """The version printed on the document and carried by its QR code."""
        return 1

    @property
    def status_word(self) -> str:
        """The status in the word of the law: 有效, or why it ended."""
        return Status(self.status).label if self.status != Status.REVOKED else Ending(self.ending).label
