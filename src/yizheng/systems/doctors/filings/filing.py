"""多机构备案: a registered doctor practises at a further institution too (医师法 第十五条; 医师执业注册管理办法 第十条)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.scope import scope_fits_subjects
from yizheng.systems.doctors.filings.dependents import end_filing_at
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.practitioners import filings

FILING = (physicians_law(15), registration_rules(10))


@dataclass(frozen=True, kw_only=True)
class FilingApplicant(Applicant, filings.Filer):
    """A doctor who files, with the place of her registration."""

    place: str = ""


in_practice = filings.in_practice("D-F01", *FILING)
not_there_yet = filings.not_there_yet("D-F03", registration_rules(10))
not_over_yet = filings.not_over_yet("D-F07", registration_rules(10))
has_filing = filings.has_filing("D-F04", registration_rules(10))
ends_later = filings.ends_later("D-F05", registration_rules(10))
ends_not_before_today = filings.ends_not_before_today("D-F06", registration_rules(10))


@check("D-F02", registration_rules(7), registration_rules(10), title="备案机构在同一执业地点", needs=("filing",))
def at_the_same_place(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """A physician files anywhere in the province, an assistant inside the registered district only."""
    employer = applicant.employer
    if applicant.level == ASSISTANT and employer is not None and employer.place != applicant.place:
        yield refuse("filing.institution", "执业助理医师只能在注册的区内备案，跨区须办理变更执业地点")


@declare
class MultiInstitutionFiling(filings.FurtherInstitution, DoctorItem):
    """医师多机构备案."""

    code, title = "doctor_multi_institution_filing", "医师多机构备案"
    articles = FILING
    weighs = FilingApplicant
    checks = (in_practice, licence_in_force, at_the_same_place, not_there_yet, not_over_yet, scope_fits_subjects)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Level, category, scopes and place as registered, too."""
        main, known = self.held(subject_id, on).main, super().known(answers, subject_id, on)
        if main is None:
            return known
        return {
            **known,
            "level": main.level,
            "category": main.category,
            "scopes": tuple(main.scopes),
            "place": main.place,
        }


@declare
class FilingExtension(filings.FilingExtension, DoctorItem):
    """医师多机构备案延期."""

    code, title = "filing_extend", "医师多机构备案延期"
    articles = FILING
    checks = (status_permits(code), has_filing, ends_later, licence_in_force)


@declare
class FilingEnd(filings.FilingEnd, DoctorItem):
    """取消医师多机构备案."""

    code, title = "doctor_multi_institution_filing_cancel", "取消医师多机构备案"
    articles = FILING
    checks = (status_permits(code), has_filing, ends_not_before_today)

    def end(self, filing: Any, change: ChangeInProgress, on: date) -> None:
        """With it ends what that institution gave for itself."""
        end_filing_at(filing.subject_id, filing.institution_id, change, on)
