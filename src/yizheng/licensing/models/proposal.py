"""拟办: what a consequence proposes to a person, who decides; nothing here changes the register by itself."""

from typing import ClassVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    """Proposals are the authority's: the person they are about learns of them by notice, not by a list."""

    subject_column: ClassVar[str | None] = None


class Proposal(models.Model):
    """One thing to be looked at by an authority, with the change that caused it and the article behind it."""

    consequence = models.CharField(max_length=60)
    register = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+")
    authority_scope = models.IntegerField()
    title = models.CharField(max_length=200)
    article = models.CharField(max_length=120)
    cause = models.BigIntegerField(help_text="引起它的登记变更")
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consequence", "subject", "cause"], name="one_proposal_a_cause")]
        indexes = [models.Index(fields=["authority_scope", "settled_at", "id"], name="proposal_open")]

    def __str__(self) -> str:
        return self.title
