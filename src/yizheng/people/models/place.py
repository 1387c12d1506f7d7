"""Jurisdictions (辖区) and organisations (机构) in one tree and one id space, and who else may see a subject."""

from django.db import models

from yizheng.people.kinds import ScopeKind


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
