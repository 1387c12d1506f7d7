"""The scope of practice: inside its category, not too many, and one the institution can offer.

The scopes and how many a doctor may hold are those of 《关于医师执业注册中执业范围的暂行规定》; which clinical
subjects (诊疗科目) a scope is practised in is a table of the kernel. Within that table some pairs, general
practice above all, are for a person to judge.
"""

from collections.abc import Iterator
from datetime import date

from yizheng.kernel import scopes
from yizheng.kernel.codes import Code, name_of, table
from yizheng.kernel.scopes import Fit
from yizheng.kernel.statutes import institution_regulation, physicians_law, scope_provisions
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant

GRASSROOTS = ("B", "C")
"""Category groups of community centres and township hospitals."""
SEVERAL_SCOPES = (*GRASSROOTS, "D600")
"""Where a clinical physician may hold up to three scopes (第四条): these and village clinics."""


def most_scopes(applicant: Applicant) -> int:
    """How many scopes may be held in the category at the kind of institution the applicant names."""
    employer = applicant.employer
    at_grassroots = employer is not None and employer.category.startswith(SEVERAL_SCOPES)
    if at_grassroots and applicant.category in ("", "clinical"):
        return applicant.periods.grassroots_scopes
    return applicant.periods.other_scopes if applicant.ever_registered else 1


def belongs_to(scope: Code, category: str) -> bool:
    """Whether a scope is one of the category, kinds of Chinese medicine counting for the whole of it."""
    return scope.parent == table("practice_category").root(category).code


@check("D-S01", physicians_law(14), scope_provisions(2), title="执业范围在执业类别之内", needs=("practice",))
def scope_within_category(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Every scope belongs to the category, and no more are asked for than the institution's kind allows."""
    for code in applicant.scopes:
        wanted = table("practice_scope").get(code)
        if wanted is None:
            yield refuse("practice.scope", f"执业范围代码“{code}”不在目录中")
        elif applicant.category and not belongs_to(wanted, applicant.category):
            yield refuse("practice.scope", f"{wanted.name}不属于所选的执业类别")
    allowed, chosen = most_scopes(applicant), len(applicant.scopes)
    if chosen > allowed:
        act = "" if applicant.ever_registered else "首次注册"
        yield refuse("practice.scope", f"在该机构{act}最多可选 {allowed} 个执业范围，现有 {chosen} 个")


@check("D-I02", institution_regulation(26), physicians_law(14), title="执业范围与机构诊疗科目相符", needs=("practice",))
def scope_fits_subjects(applicant: Applicant, on: date) -> Iterator[Finding]:
    """The institution's licence has a subject for the scope; pairs the table leaves open go to a person."""
    employer = applicant.employer
    if employer is None or not employer.in_force:
        return
    for wanted in filter(None, map(table("practice_scope").get, applicant.scopes)):
        fit = scopes.fit(wanted.code, employer.subjects)
        if fit is Fit.FULL:
            continue
        needed = "、".join(name_of("clinical_subject", code) for code in scopes.subjects_of(wanted.code))
        evidence = f"对应的诊疗科目：{needed}" if needed else ""
        if fit is Fit.REVIEW or not needed or not employer.subjects:
            yield advise("practice.scope", f"须核对{employer.name}有无{wanted.name}的执业岗位", evidence=evidence)
        else:
            sentence = f"{employer.name}没有与{wanted.name}相应的诊疗科目"
            yield refuse("practice.scope", sentence, evidence=evidence)
