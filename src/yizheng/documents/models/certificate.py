"""电子证照: each version is a row with a code of its own, so an old print can never pass for the present one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yizheng.documents.models.issued import IssuedDocument, MadeFor, Status
from yizheng.people.rights.visibility import ScopedQuerySet


class Certificate(IssuedDocument):
    """One version of one certificate (国务院关于在线政务服务的若干规定第九条至第十一条)."""

    version = models.SmallIntegerField("版本")
    made_for = models.CharField("制发原因", max_length=10, choices=MadeFor, default=MadeFor.FIRST)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name="取代的版本"
    )

    objects: ScopedQuerySet[Certificate] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "证照"
        verbose_name_plural = "证照"
        indexes = [models.Index(fields=["authority_scope", "-issued_on", "-id"], name="documents_certificate_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "number", "version"], name="documents_certificate_version"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind", "number"],
                condition=Q(status=Status.VALID),
                name="documents_certificate_one_valid",
            ),
        ]

    @property
    def edition(self) -> int:
        """The version printed on the certificate."""
        return self.version
