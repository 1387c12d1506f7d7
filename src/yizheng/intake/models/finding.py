"""What was found wrong with, or worth a look at, in one row of a batch."""

from typing import ClassVar

from django.db import models

from yizheng.intake.models.batch import Batch


class Finding(models.Model):
    """One finding. ``given`` is what the file says, ``known`` what the register says; numbers of persons are masked."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="findings", db_index=False)
    row = models.IntegerField("行")
    code = models.CharField("种类", max_length=40)
    severity = models.CharField("性质", max_length=12)
    column = models.CharField("列", max_length=60, blank=True)
    message = models.CharField("说明", max_length=300)
    given = models.CharField("文件所载", max_length=200, blank=True)
    known = models.CharField("登记所载", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("row", "id")
        indexes = (
            models.Index(fields=["batch", "row"], name="intake_finding_of_row"),
            models.Index(fields=["batch", "code", "row"], name="intake_finding_of_code"),
        )

    def __str__(self) -> str:
        return f"{self.row} {self.code}"


def kinds_of(batch: Batch) -> list[tuple[str, int, str]]:
    """Every kind of finding that stopped rows of the batch: its code, how many rows, and its words.

    Where rows of a kind are told in several ways, the words of one stand for all.
    """
    found = Finding.objects.filter(batch=batch, code__in=list(batch.errors)).exclude(severity="note")
    words = {
        code: one if one == other else f"{one}等"
        for code, one, other in found.order_by()
        .values("code")
        .annotate(one=models.Min("message"), other=models.Max("message"))
        .values_list("code", "one", "other")
    }
    return [(code, count, words.get(code, batch.message)) for code, count in sorted(batch.errors.items())]
