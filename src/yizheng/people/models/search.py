"""Search keys are rows in a B-tree: under row security only leak-proof equality and order use an index."""

from __future__ import annotations

from django.db import models


class SearchKind(models.TextChoices):
    """What a key is."""

    NAME = "name", "姓名"
    BIGRAM = "bigram", "相邻两字"
    PINYIN = "pinyin", "全拼"
    INITIALS = "initials", "首字母"


class SearchKey(models.Model):
    """One key by which staff of ``scope`` find ``subject``."""

    subject = models.ForeignKey(
        "registry.Subject", models.CASCADE, related_name="search_keys", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=SearchKind.choices)
    key = models.CharField(max_length=120)
    scope = models.ForeignKey(
        "people.Scope", models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "kind", "scope", "subject"], name="people_search_key_once")
        ]
        indexes = [
            models.Index(fields=["subject", "scope"], name="people_search_subject"),
            models.Index(
                fields=["key", "subject", "scope"],
                condition=models.Q(kind=SearchKind.NAME),
                name="people_search_names",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
