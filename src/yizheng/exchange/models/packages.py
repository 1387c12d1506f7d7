"""The ledger of exchange: partners by their public keys, every package that came or went, and what became of its rows."""

from django.conf import settings
from django.db import models

from yizheng.documents.attachments import store
from yizheng.people.rights.visibility import AuthorityQuerySet


class Partner(models.Model):
    """One partner; its keys are entered and replaced by two administrators."""

    code = models.CharField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    signing_key = models.TextField("签名公钥")
    opening_key = models.TextField("加密公钥")
    authority_scope = models.IntegerField("与其交换的机关")
    active = models.BooleanField("启用", default=True)
    address = models.CharField("接口地址", max_length=200, blank=True)
    """Where the channels of this partner send to; without one it is reached by packages alone."""

    class Meta:
        verbose_name = "交换对象"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Direction(models.TextChoices):
    """Which way a package went."""

    IN = "in", "收到"
    OUT = "out", "发出"


class PackageState(models.TextChoices):
    """Where a package stands."""

    PROPOSED = "proposed", "待批准"
    READY = "ready", "待送达"
    STAGED = "staged", "待确认"
    ANSWERED = "answered", "已回执"
    CONFIRMED = "confirmed", "一致"
    DIFFERS = "differs", "不一致"


class Package(models.Model):
    """One package of an authority that exchanges. Its serial is counted by its sender for its receiver, so that a lost one shows."""

    direction = models.CharField("方向", max_length=3, choices=Direction)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="packages", verbose_name="交换对象")
    serial = models.IntegerField("序号")
    kind = models.CharField("种类", max_length=40)
    digest = models.CharField("文件摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    made_at = models.DateTimeField("制作时间")
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)
    state = models.CharField("状态", max_length=12, choices=PackageState)
    rows = models.IntegerField("行数", default=0)
    accepted = models.IntegerField("采纳", null=True)
    rejected = models.IntegerField("退回", null=True)
    content_digest = models.CharField("内容摘要", max_length=64, blank=True)
    reference = models.CharField("本系统中的处理", max_length=60, blank=True)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies", verbose_name="回复的交换包")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=300, blank=True)
    authority_scope = models.IntegerField("机关")

    objects: "AuthorityQuerySet[Package]" = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "交换包"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["direction", "partner", "serial"], name="exchange_serial_once")]
        indexes = [models.Index(fields=["authority_scope", "-id"], name="exchange_of_authority")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.partner.code} {self.serial}"

    @property
    def content(self) -> bytes:
        """The sealed package as it came or goes."""
        return store().read(self.digest)


class Outcome(models.Model):
    """One row of one package that was not accepted, and why."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="outcomes")
    row = models.IntegerField("行")
    code = models.CharField("种类", max_length=40)
    reason = models.CharField("原因", max_length=300)

    class Meta:
        ordering = ("row", "id")

    def __str__(self) -> str:
        return f"{self.row} {self.code}"
