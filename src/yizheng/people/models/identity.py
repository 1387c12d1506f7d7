"""How an individual's account came to its subject: by matching the register, or unproven beside it."""

from django.db import models


class IdentityClaim(models.Model):
    """Said at registration. A disputed claim has a subject of its own and waits for a clerk to see the document.

    Accepted, its account speaks for the register's subject; ``former_subject`` is the one it had meanwhile.
    """

    class State(models.TextChoices):
        """What is known of the claim."""

        NEW = "new", "新主体"
        MATCHED = "matched", "与登记一致"
        DISPUTED = "disputed", "待核实"
        ACCEPTED = "accepted", "核实后并入登记"
        REJECTED = "rejected", "核实后未予认可"

    account = models.OneToOneField("people.Account", models.CASCADE, primary_key=True, related_name="identity_claim")
    state = models.CharField(max_length=10, choices=State.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=200, blank=True)
    former_subject = models.ForeignKey("registry.Subject", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["new", "matched", "disputed"], settled_by=None, settled_at=None)
                | models.Q(state__in=["accepted", "rejected"], settled_by__isnull=False, settled_at__isnull=False),
                name="people_identity_claim_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.state}"
