"""What happened to a case, in order; the clock, the timeline and the audit of a case are read from here alone."""

from __future__ import annotations

from django.db import models

from yizheng.licensing.models.visibility import CaseScopedQuerySet
from yizheng.licensing.states import CaseState


class CaseEvent(models.Model):
    """One act on a case. Never changed, never removed."""

    case = models.ForeignKey("licensing.Case", models.PROTECT, related_name="events")
    verb = models.CharField(max_length=30)
    title = models.CharField(max_length=100)
    at = models.DateTimeField()
    on = models.DateField(help_text="北京日期，时限按它计算")
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=100)
    from_state = models.CharField(max_length=20, choices=CaseState.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=CaseState.choices)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+")
    authority_scope = models.IntegerField(null=True)
    institution_scope = models.IntegerField(null=True)

    objects: CaseScopedQuerySet[CaseEvent] = CaseScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="case_event_order")]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"
