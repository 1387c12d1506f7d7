"""What became of each row of a package, as the receiver told in its receipt; the numbers of rows alone, never persons."""

from django.db import models

from yizheng.exchange.models.package import Package


class Outcome(models.Model):
    """One row of one package that was not accepted, and why."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="outcomes")
    row = models.IntegerField("行")
    code = models.CharField("种类", max_length=40)
    reason = models.CharField("原因", max_length=300)

    class Meta:
        ordering = ("row", "id")

    def __str__(self) -> str:
        return f"{self.row} {self.code}"
