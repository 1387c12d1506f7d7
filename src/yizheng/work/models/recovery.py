"""Backups and restore drills as they were made: what a page shows and an inspector asks for."""

from django.db import models


class RecoveryKind(models.TextChoices):
    """What was done."""

    BACKUP = "backup", "备份"
    DRILL = "drill", "恢复演练"


class Recovery(models.Model):
    """One backup or drill, whether it went well, and its figures. Append only."""

    kind = models.CharField("种类", max_length=8, choices=RecoveryKind)
    began = models.DateTimeField("开始")
    ended = models.DateTimeField("结束", auto_now_add=True)
    ok = models.BooleanField("通过")
    summary = models.TextField("结论")
    details = models.JSONField("数据", default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["kind", "-id"], name="work_recovery_of_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.began}"
