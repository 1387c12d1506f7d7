"""An act that waits for the consent of a second person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class ApprovalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "已驳回"
    EXPIRED = "expired", "已过期"


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals by their state."""

    def waiting(self) -> ApprovalQuerySet:
        """Those that can still be decided."""
        return self.filter(state=ApprovalState.PROPOSED, expires__gt=timezone.now())


class Approval(models.Model):
    """Who asks for which act on which object and why; who else agreed or did not, and when."""

    kind = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.PROPOSED)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=500, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["state", "-id"], name="work_approval_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decider__isnull=True) | ~models.Q(decider=models.F("proposer")),
                name="work_approval_needs_two_persons",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_ref"], condition=models.Q(state="proposed"), name="work_approval_proposed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_ref}"
