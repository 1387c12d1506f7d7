"""When each scheduled task last came due and how its last run ended."""

from django.db import models


class ScheduleRun(models.Model):
    """One row a schedule: the due time already taken, the last run and its outcome."""

    name = models.CharField(max_length=80, primary_key=True)
    due = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
