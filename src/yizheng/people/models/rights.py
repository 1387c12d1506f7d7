"""Jurisdictions (辖区) and organisations (机构) in one tree and one id space; who else may see a subject; who holds which role.

A grant gives an account a role over a jurisdiction or an organisation; giving one takes two administrators.
"""

from django.db import models

from yizheng.people.kinds import Role, ScopeKind


class Scope(models.Model):
    """A jurisdiction, or an organisation hanging on one; rows name it in ``authority_scope``."""

    id = models.AutoField(primary_key=True)
    kind = models.CharField("类别", max_length=12, choices=ScopeKind.choices)
    code = models.CharField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    subject = models.OneToOneField(
        "registry.Subject", models.PROTECT, null=True, blank=True, related_name="scope", verbose_name="机构主体"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="city", parent=None) | models.Q(kind__in=["district", "organisation"]),
                name="people_scope_only_a_city_is_root",
            ),
            models.CheckConstraint(
                condition=models.Q(subject=None) | models.Q(kind="organisation"),
                name="people_scope_only_organisations_are_subjects",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Access(models.Model):
    """A scope beyond the authorities of its facts that may see everything of a subject.

    An institution sees the doctors who practise there; a district sees a doctor filed there by another.
    """

    subject = models.ForeignKey("registry.Subject", models.CASCADE, related_name="accesses")
    scope = models.ForeignKey(Scope, models.CASCADE, related_name="accesses")
    cause = models.CharField("缘由", max_length=80)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "subject"], name="people_access_once")]

    def __str__(self) -> str:
        return f"{self.subject_id} → {self.scope_id}"


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
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(revoked_at=None, role__in=["cohort_keeper", "cohort_admin"]),
                name="people_grant_content_or_administration",
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
