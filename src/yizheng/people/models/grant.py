"""A grant gives an account a role over a jurisdiction or an organisation; giving one takes two administrators."""

from django.db import models

from yizheng.people.kinds import Role


class Grant(models.Model):
    """A role over a scope, in force until revoked. The database refuses roles that the account's kind may not hold."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="grants", verbose_name="账号")
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    scope = models.ForeignKey("people.Scope", models.PROTECT, related_name="grants", verbose_name="范围")
    granted_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "scope"],
                condition=models.Q(revoked_at=None),
                name="people_grant_once_in_force",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(revoked_at=None, role__in=["system_admin", "security_admin", "audit_admin"]),
                name="people_grant_one_administration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} @ {self.scope_id}"


class GrantProposal(models.Model):
    """The system administrator asks for a grant or its end; the security administrator agrees or declines."""

    class State(models.TextChoices):
        """Where a proposal stands."""

        WAITING = "waiting", "待批准"
        APPROVED = "approved", "已批准"
        DECLINED = "declined", "未批准"

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="grant_proposals")
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    scope = models.ForeignKey("people.Scope", models.PROTECT, related_name="+")
    revokes = models.BooleanField("撤销", default=False)
    reason = models.CharField("理由", max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposer = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decider = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decider=None) | ~models.Q(decider=models.F("proposer")),
                name="people_grant_proposal_two_persons",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "scope"],
                condition=models.Q(state="waiting"),
                name="people_grant_proposal_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} @ {self.scope_id} ({self.get_state_display()})"
