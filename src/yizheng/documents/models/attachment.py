"""A file that was handed in, whose it is and who may see it; and what the store must hold, a digest and a size, nothing about whom."""

from typing import ClassVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet


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
