"""A passkey (通行密钥): a key pair whose private half never leaves the person's device; we keep the public half."""

from django.db import models


class Passkey(models.Model):
    """One key of one account. A revoked one stays for the record and opens nothing."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="passkeys")
    name = models.CharField("名称", max_length=60)
    credential = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    synced = models.BooleanField("可同步", default=False)
    enrolled_at = models.DateTimeField("设置时间", auto_now_add=True)
    used_at = models.DateTimeField("上次使用", null=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)
    revoked_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["account"], condition=models.Q(revoked_at=None), name="people_passkey_of_account")
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
