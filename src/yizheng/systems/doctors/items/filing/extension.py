"""多机构备案延期: a filing that ends goes on (医师执业注册管理办法 第十条); a filing, effective when the institution confirms."""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.bases.filing import ONE_DAY, STEP, FilingItem
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.filed import ends_later, has_filing
from yizheng.systems.doctors.forms.filed import FilingExtensionStep
from yizheng.systems.doctors.models import InstitutionFiling
from yizheng.systems.doctors.permitted import status_permits

AGREEMENT = Material("agreement", "续签的聘用或合作协议", "与备案机构签订，写明执业时间")


@declare
class FilingExtension(FilingItem):
    """医师多机构备案延期."""

    code = "filing_extend"
    title = "医师多机构备案延期"
    group = "备案"
    short_title = "备案延期"
    articles = (physicians_law(15), registration_rules(10))
    steps = (FilingExtensionStep,)
    materials = (AGREEMENT,)
    checks = (status_permits("filing_extend"), has_filing, ends_later, licence_in_force)
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing holds until the new last day."""
        answers = load(case)
        filing = self.filing_of(case, on)
        last = answers.day(STEP, "period_to")
        schedule = answers.text(STEP, "schedule") or filing.schedule
        with acting_as_system("多机构备案延期登记"):
            change.state(
                InstitutionFiling,
                case.subject_id,
                filing.line,
                {**filing.values(), "schedule": schedule},
                valid_from=on,
                valid_to=FOREVER if last is None else last + ONE_DAY,
                authority_scope=filing.authority_scope,
            )
        return Effect(summary="备案延期" + ("，长期有效" if last is None else f"到{last}"))
