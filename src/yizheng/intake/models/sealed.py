"""Numbers of persons between check and load: sealed in portions, so that none stands in the clear in the database."""

from django.db import models

from yizheng.intake.models.batch import Batch


class SealedNumbers(models.Model):
    """The numbers of one block of rows, enciphered together; gone once the batch is loaded or discarded."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sealed_numbers")
    first_row = models.IntegerField()
    last_row = models.IntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.first_row}—{self.last_row}"
