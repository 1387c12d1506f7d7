"""How staff find people by name: the keys of each distinct name once and, under row security, who bears which name.

Both are read as B-trees: under row security only leak-proof equality and order use an index.
"""

from django.db import models


class NameKey(models.Model):
    """One key (``kernel.names.KeyKind``) of a name, written once whoever bears it, and kept for good.

    It names nobody and belongs to no scope. Two transactions that meet a new name at once may both write its keys:
    a key that stands twice does no harm, waiting for one another would.
    """

    person = models.BooleanField()
    """Names of persons are read otherwise than those of institutions, and asked for apart."""
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "key", "name"], name="people_name_keys")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SearchName(models.Model):
    """The name, folded, under which staff of ``scope`` find ``subject``."""

    pk = models.CompositePrimaryKey("subject", "scope")
    subject = models.ForeignKey(
        "registry.Subject", models.CASCADE, related_name="search_names", db_index=False, db_constraint=False
    )
    scope = models.ForeignKey("people.Scope", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    person = models.BooleanField()
    name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["name", "person", "subject", "scope"], name="people_name_bearers")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.scope_id}"
