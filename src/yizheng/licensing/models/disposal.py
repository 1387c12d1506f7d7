"""What a person made of an advice (提示): followed or not, and why."""

from django.db import models


class Disposal(models.Model):
    """One answer to one finding of a case; a changed mind is a further row, the newest counts."""

    case = models.ForeignKey("licensing.Case", models.PROTECT, related_name="disposals")
    finding = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    accepted = models.BooleanField("采信")
    reason = models.TextField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding} {'采信' if self.accepted else '不采信'}"
