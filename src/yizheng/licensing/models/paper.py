"""A paper (材料) handed in with a case: which material it answers and which stored file it is."""

from django.db import models


class Paper(models.Model):
    """The current file of one material of a case; earlier files stay as withdrawn rows."""

    case = models.ForeignKey("licensing.Case", models.PROTECT, related_name="papers")
    material = models.CharField(max_length=40)
    attachment = models.ForeignKey("documents.Attachment", models.PROTECT, related_name="+")
    problem = models.CharField("不合格原因", max_length=200, blank=True)
    handed_in_at = models.DateTimeField(auto_now_add=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "material"], condition=models.Q(replaced=False), name="one_current_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material} {self.attachment_id}"
