"""What does not outlive a registration or an institution: filings, special qualifications, rights given by one institution.

医师法 第十四条、第十五条; 麻醉药品和精神药品管理条例 第三十八条 (the right is given by the institution for its own prescriptions);
人体器官捐献和移植条例 第二十七条, 母婴保健法 第三十三条 (of doctors who practise): they extend a registration and end with it, by the
same change. A suspension ends filings as long as the
dated rule says so; special qualifications rest with the registration and need no end of their own.
"""

from datetime import date
from functools import partial

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.rules import declare_rule, value
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import InstitutionFiling, LeaveFiling, SpecialQualification
from yizheng.systems.practitioners.amending import end_standing
from yizheng.systems.practitioners.special import ending

SUSPENSION_ENDS_FILINGS = declare_rule(
    "doctors.suspension_ends_filings",
    "暂停执业时多机构备案终止（1 是，0 否）",
    1,
    "",
    physicians_law(15),
    doubtful=True,
    limits=(0, 1),
)


end_special = partial(ending.end_special, SpecialQualification)
"""End special qualifications of doctors: all of them, or those that one institution gave for itself."""


def end_dependents(subject_id: int, change: ChangeInProgress, on: date, *, because: str = "执业注册终止") -> None:
    """Everything that rests on the registration ends with it; call it as the system."""
    end_filings(subject_id, change, on)
    end_special(subject_id, change, on, because=because)
    end_standing(LeaveFiling, subject_id, change, on)


def end_filings(subject_id: int, change: ChangeInProgress, on: date) -> int:
    """End the filings that hold on the day or later; returns how many ended."""
    return end_standing(InstitutionFiling, subject_id, change, on)


def end_filing_at(subject_id: int, institution: int, change: ChangeInProgress, on: date) -> int:
    """End the filing at one institution with what only that institution gave; returns how many filings ended."""
    end_special(subject_id, change, on, because="不再在该机构执业", institution=institution)
    return end_only_filing_at(subject_id, institution, change, on)


def end_only_filing_at(subject_id: int, institution: int, change: ChangeInProgress, on: date) -> int:
    """End the filing at one institution, begun or to begin, and nothing else; returns how many ended."""
    return end_standing(InstitutionFiling, subject_id, change, on, institution_id=institution)


def end_filings_when_suspended(subject_id: int, change: ChangeInProgress, on: date) -> int:
    """A suspended doctor practises nowhere: her filings end while the rule in force says so."""
    return end_filings(subject_id, change, on) if value(SUSPENSION_ENDS_FILINGS.code, on) else 0


def change_house(subject_id: int, former: int | None, change: ChangeInProgress, on: date) -> None:
    """Another institution becomes the main one: leave is over, and so is what the former gave for itself alone."""
    end_standing(LeaveFiling, subject_id, change, on)
    if former is not None:
        end_special(subject_id, change, on, because="变更主要执业机构", institution=former)
