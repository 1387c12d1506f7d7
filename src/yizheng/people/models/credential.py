"""What proves that it is you beside or instead of the password, and how often somebody failed to."""

from django.db import models


class TotpDevice(models.Model):
    """The authenticator of an account; ``last_step`` is the newest code used, so none works twice."""

    account = models.OneToOneField("people.Account", models.CASCADE, primary_key=True, related_name="totp")
    sealed_secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    enrolled_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"TOTP {self.account_id}"


class RecoveryCode(models.Model):
    """A code on paper for the day the telephone is lost; only its keyed digest is kept and it works once."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="people_recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {'used' if self.used_at else 'unused'}"


class Passkey(models.Model):
    """A key pair (通行密钥) whose private half never leaves the person's device. A revoked one stays for the record."""

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


class OneTimePassword(models.Model):
    """A password an administrator or a clerk handed over: it opens nothing but the choice of one's own, once."""

    class Purpose(models.TextChoices):
        """Why it was issued."""

        FIRST = "first", "首次登录"
        RESET = "reset", "重置"

    account = models.OneToOneField("people.Account", models.CASCADE, primary_key=True, related_name="one_time_password")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    digest = models.BinaryField(max_length=32)
    issued_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(issued_by=models.F("account")), name="people_one_time_password_from_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.purpose}"


class SignInLock(models.Model):
    """Failures counted for a keyed digest of what was tried: a step, whom it opens, and the address or none."""

    key = models.BinaryField(max_length=16, primary_key=True)
    whom = models.BinaryField(max_length=16, db_index=True)
    failures = models.SmallIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} since {self.since:%H:%M}"
