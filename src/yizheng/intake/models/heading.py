"""A heading somebody once placed by hand, kept for the next file of the same kind from the same authority."""

from django.db import models


class KeptHeading(models.Model):
    """``heading`` of files of ``format`` handed in at ``authority_scope`` is the column ``column``."""

    format = models.CharField(max_length=60)
    authority_scope = models.IntegerField()
    heading = models.CharField(max_length=100)
    column = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["format", "authority_scope", "heading"], name="intake_heading_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.heading} → {self.column}"
