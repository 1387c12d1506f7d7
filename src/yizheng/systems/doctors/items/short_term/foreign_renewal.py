"""外国医师短期行医重新注册: nothing is prolonged; who stays longer asks for a permit anew, with fresh proofs.

外国医师短期行医办法 第二条、第十二条: a year at most; the new permit takes the place of the former one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import foreign_doctor_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.foreign import ForeignPermitItem
from yizheng.systems.institutions import licences


@declare
class ForeignShortTermRenewal(ForeignPermitItem):
    """外国医师短期行医重新注册."""

    code = "foreign_short_term_renewal"
    title = "外国医师短期行医重新注册"
    short_title = "外国医师重新注册"
    english = "New permit for a foreign doctor who stays longer"
    articles = (foreign_doctor_rules(2), foreign_doctor_rules(12))

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only who had a permit before."""
        last = self.practised(subject_id).last(on)
        if last is None or last.origin != FOREIGN:
            return "没有办理过外国医师短期行医许可；请申请外国医师来华短期行医许可"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The hosts of the former permit; days and proofs are fresh."""
        today = timezone.localdate()
        versions = [each for each in self.practised(subject_id).versions if each.origin == FOREIGN]
        last = versions[-1].certificate_number if versions else ""
        rows = {each.institution_id: each for each in versions if each.certificate_number == last}
        names = licences.licences_on(rows, today)
        hosts = [
            {"institution": names[key].name, "work": each.specialty}
            for key, each in rows.items()
            if key in names
        ]
        return super().prefill(subject_id) | {"hosts": {"hosts": hosts}}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The former permit, where it still stands, gives way to the new one."""
        with acting_as_system("外国医师短期行医换新"):
            former = [each for each in self.practised(case.subject_id).standing(on) if each.origin == FOREIGN]
            registering.end(former, change, on, reason="S9")
        return super().effect(case, change, on)
