"""Messages of channels: what waits or went out (发件箱), what came in (收件箱), every attempt, and the daily reconciliation.

None of these tables has a row policy: an engineer who keeps the channels running sees them, and they hold no personal
data in the clear. The key names a decision or a certificate, the payload is enciphered under its subject's own key.
"""

from django.db import models
from django.db.models import Q


class MessageState(models.TextChoices):
    """Where a message that goes out stands."""

    QUEUED = "queued", "待发送"
    SENT = "sent", "待回执"
    ACKED = "acked", "对方已收"
    REJECTED = "rejected", "被退回"
    DEAD = "dead", "不再发送"


class Message(models.Model):
    """One message to a channel's partner. A key and version are sent until the partner answers, and take effect there once."""

    channel = models.CharField("通道", max_length=40)
    kind = models.CharField("报文", max_length=40)
    operation = models.CharField("操作", max_length=1)
    """I, U or D: whether the partner is to add, to change or to end what it holds under the key."""
    key = models.CharField("业务主键", max_length=120)
    version = models.IntegerField("版本")
    payload_hash = models.CharField("内容摘要", max_length=64)
    sealed = models.TextField("加密的内容")
    subject = models.BigIntegerField("主体")
    authority_scope = models.IntegerField("机关")
    cause = models.CharField("起因", max_length=60)
    created = models.DateTimeField("产生时间")
    due = models.DateTimeField("最早发送时间")
    sent = models.DateTimeField("发出时间", null=True)
    answered = models.DateTimeField("回执时间", null=True)
    tries = models.SmallIntegerField("次数", default=0)
    state = models.CharField("状态", max_length=10, choices=MessageState, default=MessageState.QUEUED)
    code = models.CharField("返回码", max_length=40, blank=True)
    note = models.CharField("返回信息", max_length=300, blank=True)

    class Meta:
        verbose_name = "发件"
        constraints = [models.UniqueConstraint(fields=["channel", "key", "version"], name="exchange_message_once")]
        indexes = [
            models.Index(fields=["channel", "due", "id"], name="exchange_message_due", condition=Q(state="queued")),
            models.Index(
                fields=["channel", "key", "version"],
                name="exchange_message_open",
                condition=Q(state__in=["queued", "sent"]),
            ),
            models.Index(fields=["channel", "id"], name="exchange_message_unheard", condition=Q(state="sent")),
            models.Index(fields=["channel", "-id"], name="exchange_message_fault", condition=Q(state="rejected")),
            models.Index(fields=["channel", "created"], name="exchange_message_created"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key} 第{self.version}版"


class IncomingState(models.TextChoices):
    """What became of a message that came in."""

    PARKED = "parked", "等前一版"
    TAKEN = "taken", "已处理"
    REFUSED = "refused", "已退回"


class Incoming(models.Model):
    """One message of a partner, entered once however often it comes."""

    channel = models.CharField("通道", max_length=40)
    kind = models.CharField("报文", max_length=40)
    key = models.CharField("业务主键", max_length=120)
    version = models.IntegerField("版本")
    payload_hash = models.CharField("内容摘要", max_length=64)
    sealed = models.TextField("加密的内容")
    received = models.DateTimeField("收到时间", auto_now_add=True)
    state = models.CharField("状态", max_length=10, choices=IncomingState)
    code = models.CharField("返回码", max_length=40, blank=True)
    note = models.CharField("返回信息", max_length=300, blank=True)

    class Meta:
        verbose_name = "收件"
        constraints = [models.UniqueConstraint(fields=["channel", "key", "version"], name="exchange_incoming_once")]
        indexes = [models.Index(fields=["channel", "-id"], name="exchange_incoming_newest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.key} 第{self.version}版"


class Circuit(models.Model):
    """Whether a channel may send: after several transport faults it pauses, then tries one message (熔断与半开)."""

    channel = models.CharField("通道", max_length=40, primary_key=True)
    faults = models.SmallIntegerField("连续故障", default=0)
    pauses = models.SmallIntegerField("连续暂停", default=0)
    opened = models.DateTimeField("暂停于", null=True)
    again = models.DateTimeField("再试于", null=True)

    def __str__(self) -> str:
        return self.channel


class Attempt(models.Model):
    """One call to a partner: how many messages it carried, how it ended and how long it took."""

    channel = models.CharField("通道", max_length=40)
    at = models.DateTimeField("时间", auto_now_add=True)
    messages = models.IntegerField("报文数")
    fault = models.CharField("故障", max_length=20, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    took = models.IntegerField("毫秒")

    class Meta:
        verbose_name = "发送记录"
        indexes = [models.Index(fields=["channel", "-at"], name="exchange_attempt_newest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.at} {self.fault or '正常'}"


class UsedNonce(models.Model):
    """The number of a signed call that was taken, so that the same call is not taken again while its signature is fresh."""

    sender = models.CharField("发送方", max_length=40)
    nonce = models.CharField("随机数", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "用过的随机数"
        constraints = [models.UniqueConstraint(fields=["sender", "nonce"], name="exchange_nonce_once")]
        indexes = [models.Index(fields=["at"], name="exchange_nonce_at")]

    def __str__(self) -> str:
        return f"{self.sender} {self.at}"


class Reconciliation(models.Model):
    """One comparison with a partner: how many keys either side holds, and a digest over them. Append only."""

    channel = models.CharField("通道", max_length=40)
    at = models.DateTimeField("时间", auto_now_add=True)
    ours = models.IntegerField("我方主键数")
    theirs = models.IntegerField("对方主键数")
    our_digest = models.CharField("我方摘要", max_length=64)
    their_digest = models.CharField("对方摘要", max_length=64)

    class Meta:
        verbose_name = "对账"
        ordering = ("-id",)
        indexes = [models.Index(fields=["channel", "-id"], name="exchange_reconciled")]

    def __str__(self) -> str:
        return f"{self.channel} {self.at}"

    @property
    def agrees(self) -> bool:
        """Whether both sides hold the same."""
        return (self.ours, self.our_digest) == (self.theirs, self.their_digest)


class Difference(models.Model):
    """One key on which both sides disagree: problem data until somebody deals with it. Append only."""

    class Kind(models.TextChoices):
        """In what they disagree."""

        MISSING = "missing", "对方没有"
        UNKNOWN = "unknown", "我方没有"
        DIFFERS = "differs", "内容不一致"

    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, related_name="differences")
    key = models.CharField("业务主键", max_length=120)
    kind = models.CharField("差异", max_length=10, choices=Kind)

    class Meta:
        verbose_name = "对账差异"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.key} {self.get_kind_display()}"
