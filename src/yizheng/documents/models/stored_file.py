"""What the store must hold: a digest and a size, nothing about whom, so that the whole store can be checked."""

from django.db import models


class StoredFile(models.Model):
    """One file of the store. Append only."""

    digest = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.BigIntegerField("字节数")
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
