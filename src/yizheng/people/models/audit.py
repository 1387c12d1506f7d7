"""What was done and who looked: two tables that only grow (网络安全法: logs are kept at least six months)."""

from django.db import models


class AuditEntry(models.Model):
    """One act: who, what, on which object, when. Holds ids and words of the program, never personal data."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+", verbose_name="操作人")
    verb = models.CharField("行为", max_length=60)
    object_ref = models.CharField("对象", max_length=80, blank=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["actor", "-id"], name="people_audit_actor"),
            models.Index(fields=["verb", "-id"], name="people_audit_verb"),
            models.Index(fields=["object_ref", "-id"], name="people_audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_ref}"


class UnmaskingRecord(models.Model):
    """Somebody saw a personal identifier in full; the person concerned can read this (个人信息保护法 第四十四条)."""

    at = models.DateTimeField(auto_now_add=True)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="unmaskings")
    kind = models.CharField("信息", max_length=24)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="unmaskings", verbose_name="查看人")
    reason = models.CharField("理由", max_length=200)

    class Meta:
        indexes = [models.Index(fields=["subject", "-id"], name="people_unmasking_subject")]

    def __str__(self) -> str:
        return f"{self.account_id} → {self.subject_id} {self.kind}"
