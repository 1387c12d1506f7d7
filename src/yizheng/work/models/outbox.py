"""A message that is to leave the platform, written in the transaction that caused it and delivered afterwards."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class OutboxState(models.TextChoices):
    """Where a message stands."""

    PENDING = "pending", "待送达"
    DELIVERED = "delivered", "已送达"
    GIVEN_UP = "given_up", "失败"


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Messages by what is to be done with them."""

    def due(self) -> OutboxQuerySet:
        """Those whose next attempt has come, oldest first."""
        return self.filter(state=OutboxState.PENDING, next_attempt__lte=timezone.now()).order_by("next_attempt", "id")


class OutboxMessage(models.Model):
    """A message on a channel; its id is the key by which a receiver recognises a repetition."""

    channel = models.CharField(max_length=60)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=OutboxState, default=OutboxState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    delivered = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["next_attempt", "id"], condition=models.Q(state="pending"), name="work_outbox_due"),
        )

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"
