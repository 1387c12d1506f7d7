"""The vault's tables: a wrapped data key a subject, and the identifiers enciphered under it."""

from __future__ import annotations

from django.db import models


class DataKey(models.Model):
    """A subject's data key wrapped by the master key; with ``wrapped`` gone everything under it is unreadable."""

    subject = models.OneToOneField(
        "registry.Subject", models.PROTECT, primary_key=True, related_name="data_key"
    )
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped=None, destroyed_at__isnull=False)
                | models.Q(wrapped__isnull=False, destroyed_at=None),
                name="people_data_key_present_or_destroyed",
            )
        ]

    def __str__(self) -> str:
        return f"data key of {self.subject_id}"


class VaultEntry(models.Model):
    """One identifier of a subject: ciphertext, and a blind index by which equality alone can be asked."""

    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="vault_entries")
    kind = models.CharField(max_length=24)
    ciphertext = models.BinaryField()
    blind_index = models.BinaryField(max_length=16, null=True)
    disputed = models.BooleanField(default=False)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind"], name="people_vault_one_of_a_kind"),
            models.UniqueConstraint(
                fields=["blind_index", "kind"],
                condition=models.Q(disputed=False) & ~models.Q(kind="mobile"),
                name="people_vault_identifier_once",
            ),
        ]
        indexes = [models.Index(fields=["blind_index", "kind"], name="people_vault_blind_index")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_id}"
