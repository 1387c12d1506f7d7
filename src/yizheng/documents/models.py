"""Tables of the documents room: files handed in, numbers given, documents issued, and what was printed of them on paper."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.documents.declarations import certificate_kind, instrument_kind
from yizheng.people.rights.visibility import AuthorityQuerySet, ScopedQuerySet


class StoredFile(models.Model):
    """One file of the store. Append only."""

    digest = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.BigIntegerField("字节数")
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class AttachmentQuerySet(ScopedQuerySet["Attachment"]):
    """A file is its owner's, its authority's and its confirming institution's; a present employer does not see it."""

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope", "institution_scope")
    opened_by_access: ClassVar[bool] = False


class Attachment(models.Model):
    """One file kept for one subject. The bytes are stored once, however many rows name their digest."""

    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    media_type = models.CharField("类型", max_length=40)
    size = models.BigIntegerField("字节数")
    name = models.CharField("文件名", max_length=200)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="所有人")
    authority_scope = models.IntegerField("机关", null=True)
    institution_scope = models.IntegerField("机构", null=True)
    kept_at = models.DateTimeField("收到时间", auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return f"{self.name}（{self.size} 字节）"

    def show_to(self, authority_scope: int, institution_scope: int | None) -> None:
        """From now on the authority and the confirming institution see the file too."""
        type(self).objects.filter(pk=self.pk).update(
            authority_scope=authority_scope, institution_scope=institution_scope
        )
        self.authority_scope, self.institution_scope = authority_scope, institution_scope


class Counter(models.Model):
    """The last number given in one series under one key; its row is the lock that makes numbers different."""

    series = models.CharField("号段", max_length=40)
    key = models.CharField("范围", max_length=40)
    last = models.BigIntegerField("已用到")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "key"], name="documents_counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.key}：{self.last}"


class Allocation(models.Model):
    """One number given: append only, so that a gap has a known cause and a second gift is refused by the database."""

    series = models.CharField("号段", max_length=40)
    key = models.CharField("范围", max_length=40)
    number = models.BigIntegerField("号码")
    given_to = models.CharField("用于", max_length=120)
    change_id = models.BigIntegerField("登记变更", null=True)
    given_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "key", "number"], name="documents_allocation_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.key} {self.number}"


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

    code = models.CharField("核验码", max_length=26)
    kind = models.CharField("种类", max_length=40)
    number = models.CharField("编号", max_length=60)
    subject = models.ForeignKey(
        "registry.Subject", models.PROTECT, related_name="+", verbose_name="主体", db_index=False
    )
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
    def title(self) -> str:
        """What the paper is called; an instrument's without the name of the item, which is sealed."""
        raise NotImplementedError

    @property
    def edition(self) -> int:
        """The version printed on the document and carried by its QR code."""
        return 1

    @property
    def status_word(self) -> str:
        """The status in the word of the law: 有效, or why it ended."""
        return Status(self.status).label if self.status != Status.REVOKED else Ending(self.ending).label


class Certificate(IssuedDocument):
    """One version of one certificate (国务院关于在线政务服务的若干规定第九条至第十一条)."""

    version = models.SmallIntegerField("版本")
    made_for = models.CharField("制发原因", max_length=10, choices=MadeFor, default=MadeFor.FIRST)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name="取代的版本"
    )

    objects: "ScopedQuerySet[Certificate]" = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "证照"
        indexes = [models.Index(fields=["authority_scope", "-issued_on", "-id"], name="documents_certificate_newest")]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="documents_certificate_code"),
            models.UniqueConstraint(
                fields=["subject", "kind", "number", "version"], name="documents_certificate_version"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind", "number"],
                condition=Q(status=Status.VALID),
                name="documents_certificate_one_valid",
            ),
        ]

    @property
    def title(self) -> str:
        """The title of its kind."""
        return certificate_kind(self.kind).title

    @property
    def edition(self) -> int:
        """The version printed on the certificate."""
        return self.version


class InstrumentQuerySet(ScopedQuerySet["Instrument"]):
    """An instrument is its addressee's, the authority's and of the institution it is copied to."""

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope", "institution_scope")
    opened_by_access: ClassVar[bool] = False


class Instrument(IssuedDocument):
    """One instrument (行政许可法第三十二条第二款、第三十八条)."""

    case_ref = models.CharField("办件", max_length=60, db_index=True)
    institution_scope = models.IntegerField("抄送机构", null=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        indexes = [models.Index(fields=["subject"], name="documents_instrument_subject")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="documents_instrument_number"),
            models.UniqueConstraint(fields=["code"], name="documents_instrument_code"),
        ]

    @property
    def title(self) -> str:
        """The title of its kind."""
        return instrument_kind(self.kind).title.format(item="")


class Rendering(models.Model):
    """Which stored bytes are the signed page of which document. Append only; two first openings keep one."""

    certificate = models.OneToOneField("documents.Certificate", models.PROTECT, null=True, related_name="rendering")
    instrument = models.OneToOneField("documents.Instrument", models.PROTECT, null=True, related_name="rendering")
    digest = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    rendered_at = models.DateTimeField("排版时间", auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate__isnull=True) ^ Q(instrument__isnull=True), name="documents_rendering_of_one"
            )
        ]

    def __str__(self) -> str:
        return self.digest


class StatusList(models.Model):
    """One day's list. Append only: what was published on a day can be shown for good."""

    day = models.DateField("日期", primary_key=True)
    digest = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    key = models.CharField("签名密钥", max_length=8)
    entries = models.BigIntegerField("失效证照数")
    made_at = models.DateTimeField("签发时间", auto_now_add=True)

    class Meta:
        verbose_name = "证照状态名单"
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}（{self.entries} 条）"


class PrintRun(models.Model):
    """One file of the authority sent to the printer: its pages are kept as they were set."""

    authority_scope = models.IntegerField("机关")
    certificates = models.IntegerField("证书数")
    digest = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    objects: "AuthorityQuerySet[PrintRun]" = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "打印批次"

    def __str__(self) -> str:
        return f"{self.pk}（{self.certificates} 本）"


class LedgerAct(models.TextChoices):
    """What happened to paper."""

    PRINTED = "printed", "打印"
    SPOILT = "spoilt", "作废"
    DELIVERED = "delivered", "送达"


class LedgerEntry(models.Model):
    """One line of the ledger of prints (制证台账); `nth` counts the prints of a certificate number over all its versions.

    行政许可法第三十九条、第四十四条: a grant is followed by a certificate, delivered within ten days. Paper is counted because a
    blank sheet with a seal is worth forging.
    """

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

    objects: "AuthorityQuerySet[LedgerEntry]" = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "制证台账"
        indexes = [
            models.Index(fields=["authority_scope", "-id"], name="documents_ledger_newest"),
            models.Index(fields=["certificate", "act"], name="documents_ledger_certificate"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["paper_serial"],
                condition=~Q(paper_serial="") & Q(act="printed"),
                name="documents_paper_used_once",
            )
        ]

    def __str__(self) -> str:
        return f"{LedgerAct(self.act).label} {self.certificate_id}"
