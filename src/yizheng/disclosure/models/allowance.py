"""How many more lookups somebody may make at once: a token bucket an address, kept as a keyed digest of it."""

from django.db import models


class Allowance(models.Model):
    """One bucket. It refills with time and is forgotten when full for a day."""

    key = models.BinaryField(max_length=16, primary_key=True)
    tokens = models.FloatField()
    filled = models.DateTimeField()
    granted = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["filled"], name="disclosure_allowance_filled"),)

    def __str__(self) -> str:
        return f"{self.tokens:.1f}"
