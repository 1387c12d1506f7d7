"""The vault's tables: a wrapped data key a subject, and the identifiers enciphered under it."""

from django.db import models


class DataKey(models.Model):
    """A subject's data key wrapped by the master key; with ``wrapped`` gone everything under it is unreadable."""

    subject = models.OneToOneField(
        "registry.Subject", models.PROTECT, primary_key=True, related_name="data_key", db_constraint=False
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


SEVERAL = ["qualification_number"]
"""Kinds of which a person may hold several at once: each qualification has its own certificate."""


class VaultEntry(models.Model):
    """One identifier of a subject: ciphertext, and a blind index by which equality alone can be asked.

    A ``former`` one was replaced (a corrected number) and still leads to its subject.
    """

    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="vault_entries", db_constraint=False)
    kind = models.CharField(max_length=24)
    ciphertext = models.BinaryField()
    blind_index = models.BinaryField(max_length=16, null=True)
    disputed = models.BooleanField(default=False)
    former = models.BooleanField(default=False, db_default=False)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=models.Q(former=False) & ~models.Q(kind__in=SEVERAL),
                name="people_vault_one_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["blind_index", "kind"],
                condition=models.Q(disputed=False) & ~models.Q(kind="mobile"),
                name="people_vault_identifier_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["blind_index", "kind"],
                condition=models.Q(disputed=True) | models.Q(kind="mobile"),
                name="people_vault_shared_index",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_id}"
