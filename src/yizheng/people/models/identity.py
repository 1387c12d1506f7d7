"""How an individual's account came to its subject: by matching the register, or unproven beside it."""

from __future__ import annotations

from django.db import models


class IdentityClaim(models.Model):
    """Said at registration. A disputed claim has a subject of its own and waits for a clerk to see the document."""

    class State(models.TextChoices):
        """What is known of the claim."""

        NEW = "new", "新主体"
        MATCHED = "matched", "与登记一致"
        DISPUTED = "disputed", "待核实"

    account = models.OneToOneField(
        "people.Account", models.CASCADE, primary_key=True, related_name="identity_claim"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"
