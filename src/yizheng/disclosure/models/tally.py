"""The figures of the public home, counted behind the pages so that a visit never counts a register."""

from django.db import models


class PublicTally(models.Model):
    """How many entries of a register are in force, and when that was counted."""

    register = models.CharField(max_length=20, primary_key=True)
    in_force = models.BigIntegerField()
    counted = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.register}: {self.in_force}"
