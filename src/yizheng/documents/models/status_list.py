"""The list of certificates that no longer hold, as it was signed on each day; the bytes lie in the store."""

from django.db import models


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
