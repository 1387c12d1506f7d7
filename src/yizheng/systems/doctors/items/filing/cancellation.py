"""取消多机构备案: the doctor or the institution ends a filing (医师执业注册管理办法 第十条); nobody's consent is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing import notices
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.dependents import end_filing_at
from yizheng.systems.doctors.bases.filing import STEP, FilingItem
from yizheng.systems.doctors.bases.registered import day_of
from yizheng.systems.doctors.checks.filed import ends_not_before_today, has_filing
from yizheng.systems.doctors.forms.filed import FilingEndStep
from yizheng.systems.doctors.permitted import status_permits


@declare
class FilingCancellation(FilingItem):
    """取消医师多机构备案."""

    code = "doctor_multi_institution_filing_cancel"
    title = "取消医师多机构备案"
    group = "备案"
    short_title = "取消备案"
    articles = (physicians_law(15), registration_rules(10))
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    steps = (FilingEndStep,)
    checks = (
        status_permits("doctor_multi_institution_filing_cancel"),
        has_filing,
        ends_not_before_today,
    )
    route = (Stage.ACCEPT,)
    until_field = "ends_on"

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing ends, and with it what that institution gave for itself."""
        filing = self.filing_of(case, on)
        ends_on = day_of(case.answers, STEP, "ends_on") or on
        with acting_as_system("取消多机构备案登记"):
            end_filing_at(case.subject_id, filing.institution_id, change, ends_on)
        return Effect(summary=f"备案自{ends_on}起终止")

    def after(self, cases: Sequence[Case]) -> None:
        """The public sees it; the institution is told when it was not itself who ended it."""
        super().after(cases)
        for case in cases:
            if case.begun_by_institution:
                continue
            notices.to_institution(case, f"{case.applicant_name}取消了在本机构的多机构备案")
