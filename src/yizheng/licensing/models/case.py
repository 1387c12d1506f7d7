"""A case (办件): one application, filing or act of the authority on its way to a decision; its papers, answers and events.

A case is no fact of the register: it is an ordinary row that changes state by compare-and-set. What it does to
the register is one change, written when it is decided. Personal form values are sealed under the vault's key.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.utils import timezone

from yizheng.licensing.catalogue import item
from yizheng.licensing.item import Item, Shape
from yizheng.licensing.states import ENDED, CaseState
from yizheng.people.models import Account
from yizheng.people.rights.visibility import ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class CaseScopedQuerySet(ScopedQuerySet[M]):
    """Rows that belong to an authority, an institution and a person herself.

    Unlike a fact, a case is not opened to the institutions a person works in: an application to another hospital
    is none of the present employer's business.
    """

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope", "institution_scope")
    opened_by_access: ClassVar[bool] = False


class CaseQuerySet(CaseScopedQuerySet["Case"]):
    """Cases as lists need them."""

    def open(self) -> CaseQuerySet:
        """Cases that still ask something of somebody."""
        return self.exclude(state__in=ENDED)

    def with_authority(self) -> CaseQuerySet:
        """Cases that have reached the authority (not drafts, not waiting for the institution)."""
        return self.exclude(state__in=[CaseState.DRAFT, CaseState.CONFIRMING])


class Case(models.Model):
    """One case; ``authority_scope`` and ``institution_scope`` are empty until it is submitted, so a draft is the applicant's alone."""

    number = models.CharField("办件号", max_length=20, unique=True)
    item_code = models.CharField("事项", max_length=60)
    rules_on = models.DateField("适用规则日", help_text="按这一天有效的事项版本办理")
    shape = models.CharField(max_length=20, choices=[(shape.value, shape.value) for shape in Shape])
    subject = models.ForeignKey("registry.Subject", models.PROTECT, verbose_name="申请人主体")
    applicant_name = models.CharField("申请人", max_length=100)
    applicant = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="cases_applied", null=True, verbose_name="申请账号"
    )
    applicant_scope = models.IntegerField("申请机构", null=True, help_text="机构为其人员申办时，该机构；本人申请的为空")
    dossier = models.ForeignKey("licensing.Dossier", models.PROTECT, null=True, related_name="cases")
    institution_scope = models.IntegerField("机构", null=True)
    institution_name = models.CharField("机构名称", max_length=200, blank=True)
    authority_scope = models.IntegerField("受理机关", null=True)
    state = models.CharField("环节", max_length=20, choices=CaseState.choices, default=CaseState.DRAFT)
    revision = models.IntegerField(default=0)
    handler = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="cases_handled", null=True, verbose_name="经办"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)
    answers = models.JSONField("申请内容", default=dict)
    sealed_answers = models.TextField("加密的申请内容", blank=True)
    proposal = models.CharField(
        "审核意见", max_length=10, blank=True, choices=[("grant", "拟准予"), ("refuse", "拟不予")]
    )
    blocks = models.SmallIntegerField("阻断数", default=0)
    advice = models.SmallIntegerField("未处置提示数", default=0)
    due_on = models.DateField("到期日", null=True)
    urgent_on = models.DateField("须在此前决定", null=True, help_text="申请晚于规定期限，届满前未决定即失去效力的")
    clock_runs = models.BooleanField("时钟在走", default=False)
    clock_total = models.SmallIntegerField("时限工作日", default=0)
    clock_stopped = models.CharField("停计原因", max_length=200, blank=True)
    summary = models.CharField("办理结果", max_length=300, blank=True)
    change_id = models.BigIntegerField("登记变更", null=True)
    certificate_id = models.BigIntegerField("证照", null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["authority_scope", "due_on", "id"], name="case_authority_due"),
            models.Index(fields=["institution_scope", "state", "id"], name="case_institution_state"),
            models.Index(fields=["subject", "-id"], name="case_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.applicant_name}"

    @property
    def item(self) -> Item:
        """The declaration this case is judged by."""
        return item(self.item_code, self.rules_on)

    @property
    def begun_by_institution(self) -> bool:
        """Whether an institution plays the applicant's part for one of its people."""
        return self.applicant_scope is not None

    @property
    def decided_by(self) -> int:
        """The scope of the authority; raises where the case has not reached one yet."""
        if self.authority_scope is None:
            raise ValueError(f"{self.number} has not reached an authority")
        return self.authority_scope

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state not in ENDED


class CaseEvent(models.Model):
    """One act on a case, never changed, never removed; clock, timeline and audit of a case are read from here alone."""

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

    @classmethod
    def of(
        cls, case: Case, verb: str, title: str, *, on: date, actor: Account | None, former: str = "",
        at: datetime | None = None, **more: Any,
    ) -> CaseEvent:  # fmt: skip
        """What was done to a case that stands in its new state (unsaved); without an actor it was the platform."""
        return cls(
            case=case, verb=verb, title=title, at=at or timezone.now(), on=on, actor=actor,
            actor_name=actor.display_name if actor else "系统", from_state=former, to_state=case.state,
            subject_id=case.subject_id, authority_scope=case.authority_scope,
            institution_scope=case.institution_scope, **more,
        )  # fmt: skip


class Paper(models.Model):
    """The current file of one material of a case; earlier files stay as withdrawn rows."""

    case = models.ForeignKey("licensing.Case", models.PROTECT, related_name="papers")
    material = models.CharField(max_length=40)
    attachment = models.ForeignKey("documents.Attachment", models.PROTECT, related_name="+")
    problem = models.CharField("不合格原因", max_length=200, blank=True)
    handed_in_at = models.DateTimeField(auto_now_add=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "material"], condition=models.Q(replaced=False), name="one_current_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{self.material} {self.attachment_id}"


class Disposal(models.Model):
    """One answer to one finding of a case; a changed mind is a further row, the newest counts."""

    case = models.ForeignKey("licensing.Case", models.PROTECT, related_name="disposals")
    finding = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    accepted = models.BooleanField("采信")
    reason = models.TextField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding} {'采信' if self.accepted else '不采信'}"
