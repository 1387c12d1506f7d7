"""The signed page of a document: made when first opened, kept by digest, the same bytes ever after."""

from django.db import models
from django.db.models import Q


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
