"""The life of a sheet as one table: state, verb, whose it is, where it leads. Codes are those of the reporting standard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from yizheng.people.kinds import Role


class SheetState(models.TextChoices):
    """Where a sheet stands."""

    DRAFT = "00", "草稿"
    SUBMITTED = "10", "待院内审核"
    APPROVED = "20", "待区级审核"
    PASSED = "30", "待市级审核"
    ACCEPTED = "40", "已入库"
    RETURNED = "50", "退回修改"
    CORRECTING = "70", "订正中"
    LOCKED = "90", "已锁定"


EDITABLE = (SheetState.DRAFT, SheetState.RETURNED, SheetState.CORRECTING)
"""States in which the hospital types."""
REPORTED = (SheetState.APPROVED, SheetState.PASSED, SheetState.ACCEPTED, SheetState.CORRECTING, SheetState.LOCKED)
"""States in which the month counts as reported."""


class Level(StrEnum):
    """Over which scope the role of a verb is asked."""

    HOSPITAL = "hospital"
    DISTRICT = "district"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Verb:
    """What may be done: its words, from which states, by whom, where it leads, and whether a reason must be written."""

    code: str
    words: str
    begins: tuple[SheetState, ...]
    leads: SheetState
    role: Role
    level: Level
    reason: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it takes the sheet towards the city; its button leads."""
        onward = (SheetState.APPROVED, SheetState.PASSED, SheetState.ACCEPTED, SheetState.LOCKED)
        return self.leads == SheetState.SUBMITTED or (self.leads in onward and self.leads > max(self.begins))


NURSE, APPROVER, OFFICER = Role.INFECTION_NURSE, Role.INFECTION_APPROVER, Role.INFECTION_OFFICER
VERBS = {
    each.code: each
    for each in (
        Verb("submit", "提交院内审核", EDITABLE, SheetState.SUBMITTED, NURSE, Level.HOSPITAL),
        Verb("withdraw", "撤回", (SheetState.SUBMITTED,), SheetState.DRAFT, NURSE, Level.HOSPITAL),
        Verb("send_back", "退回填报人", (SheetState.SUBMITTED,), SheetState.RETURNED, APPROVER, Level.HOSPITAL, True),
        Verb("approve", "通过院内审核", (SheetState.SUBMITTED,), SheetState.APPROVED, APPROVER, Level.HOSPITAL),
        Verb("return", "退回医院", (SheetState.APPROVED,), SheetState.RETURNED, OFFICER, Level.DISTRICT, True),
        Verb("pass", "通过区级审核", (SheetState.APPROVED,), SheetState.PASSED, OFFICER, Level.DISTRICT),
        Verb("reject", "退回医院", (SheetState.PASSED,), SheetState.RETURNED, OFFICER, Level.CITY, True),
        Verb("accept", "审核入库", (SheetState.PASSED,), SheetState.ACCEPTED, OFFICER, Level.CITY),
        Verb("lock", "锁定", (SheetState.ACCEPTED,), SheetState.LOCKED, OFFICER, Level.CITY),
        Verb("unlock", "解除锁定", (SheetState.LOCKED,), SheetState.ACCEPTED, OFFICER, Level.CITY, True),
        Verb("correct", "申请订正", (SheetState.ACCEPTED,), SheetState.CORRECTING, NURSE, Level.HOSPITAL, True),
    )
}  # fmt: skip
"""Every verb, in the order its buttons stand; the accepting one last."""
