"""What any form about an institution must fit in itself, whichever item states it: one rule a function, pure.

条例 第八条、第十五条; 细则 第十二条 (who may not found one), 第十三条 (who may not be responsible), 第二十八条 (what is registered).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Finding, advise, check, refuse

LINE_OF_BEDS = 100
"""From so many beds on the period of verification, the term and, by the table, the authority are others."""
IN_PATIENTS, DENTISTRY, FOR_PROFIT, UNCLASSIFIED = "3", "12", "3", "9"
WITHOUT_BEDS = ("D",)
"""Categories of out-patient institutions: none of them has beds or takes in-patients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An institution as a form states it, and what the register knows beside it."""

    name: str = answered("institution", "name", "")
    category: str = answered("institution", "category", "")
    level: str = answered("institution", "level", "")
    economic_type: str = answered("institution", "economic_type", "")
    business_nature: str = answered("institution", "business_nature", "")
    modes: Sequence[str] = answered("institution", "service_modes", ())
    uscc: str = answered("premises", "uscc", "")
    rows: Sequence[Mapping[str, Any]] = answered("subjects", "subjects", ())
    beds: int = 0
    dental_chairs: int = 0
    place_subjects: frozenset[str] = frozenset()
    """The subjects that further places name."""
    clear: bool | None = answered("founder", "clear")
    barred: Mapping[str, str] = field(default_factory=dict)
    """Who of those named may not found or lead an institution, and why, by name."""
    name_faults: Sequence[str] = ()
    """What is wrong with the name, in sentences."""
    taken_by: str = ""
    """Which other institution of the city bears the name."""
    alike: Sequence[str] = ()
    """Names of others that sound or look like it."""

    @property
    def subjects(self) -> list[str]:
        """The codes of the subjects as they stand in the form."""
        return [row["subject"] for row in self.rows if row.get("subject")]


@check("I-MODES", institution_rules(28), title="床位与服务方式、机构类别相符", needs=("institution", "site"))
def beds_fit_modes(plan: Plan, on: date) -> Iterator[Finding]:
    """In-patients lie in beds; out-patient institutions have neither."""
    if plan.category.startswith(WITHOUT_BEDS) and (plan.beds or IN_PATIENTS in plan.modes):
        yield refuse("site.beds", "门诊部、诊所、卫生所（室）、医务室不设床位，服务方式不能选住院")
    elif plan.beds and IN_PATIENTS not in plan.modes:
        yield refuse("institution.service_modes", f"设有 {plan.beds} 张床位，服务方式应包括住院")
    elif IN_PATIENTS in plan.modes and not plan.beds:
        yield refuse("site.beds", "服务方式选了住院，请填写床位")


@check("I-CHAIRS", institution_rules(28), title="牙椅与口腔科相符", needs=("site", "subjects"))
def chairs_fit_subjects(plan: Plan, on: date) -> Iterator[Finding]:
    """Dental chairs stand where there is dentistry."""
    dentistry = any(code.split(".")[0] == DENTISTRY for code in plan.subjects)
    if plan.dental_chairs and not dentistry:
        yield refuse("site.dental_chairs", "填写了牙椅，诊疗科目中没有口腔科")
    elif dentistry and not plan.dental_chairs:
        yield advise("site.dental_chairs", "登记口腔科而没有牙椅，请核对")


@check("I-SUBJECTS", institution_regulation(26), title="诊疗科目填写完整", needs=("subjects",))
def subjects_are_told(plan: Plan, on: date) -> Iterator[Finding]:
    """At least one, none twice; what is called 其他 is named; a transplant item needs a qualification of its own."""
    known = plan.subjects
    if not known:
        yield refuse("subjects.subjects", "至少填写一个诊疗科目")
    if twice := sorted({code for code in known if known.count(code) > 1}):
        yield refuse("subjects.subjects", f"{_named(twice)}填了两次，请去掉一个")
    codes = table("clinical_subject")
    unnamed = [row["subject"] for row in plan.rows if codes[row["subject"]].flag("free_text") and not row.get("remark")]
    if unnamed:
        yield refuse("subjects.subjects", f"{_named(unnamed)}须在备注中写明名称")
    if transplant := [code for code in known if codes[code].flag("transplant")]:
        yield refuse("subjects.subjects", f"{_named(transplant)}须另行取得人体器官移植执业资格，不在此登记")


@check("I-PARENTS", institution_rules(28), title="二级科目和一级科目一起填写", needs=("subjects",))
def sections_stand_under_their_subject(plan: Plan, on: date) -> Iterator[Finding]:
    """A section is written under its subject, which is ticked too."""
    lonely = [code for code in plan.subjects if "." in code and code.split(".")[0] not in plan.subjects]
    if lonely:
        parents = dict.fromkeys(code.split(".")[0] for code in lonely)
        yield advise("subjects.subjects", f"填了{_named(lonely)}而没有填{_named(parents)}，请核对是否漏填一级科目")


@check("I-PLACES", institution_rules(28), title="各院区的科目都在诊疗科目之内", needs=("site", "subjects"))
def places_stay_within_the_subjects(plan: Plan, on: date) -> Iterator[Finding]:
    """What a further place offers is registered for the institution."""
    beyond = sorted(plan.place_subjects - set(plan.subjects))
    if beyond:
        yield refuse("site.further", f"院区的{_named(beyond)}不在本机构的诊疗科目之内")


@check("I-NATURE", institution_rules(28), title="经营性质与信用代码相符", needs=("institution",))
def nature_fits_the_code(plan: Plan, on: date) -> Iterator[Finding]:
    """Who seeks profit is a company or a merchant; who does not is none."""
    if not plan.uscc or plan.business_nature in ("", UNCLASSIFIED):
        return
    trades = plan.uscc.startswith("9")
    if plan.business_nature == FOR_PROFIT and not trades:
        yield refuse("premises.uscc", "营利性医疗机构须有营业执照，信用代码应以 9 开头，请核对")
    elif plan.business_nature != FOR_PROFIT and plan.uscc.startswith(("91", "92")):
        yield refuse("institution.business_nature", "信用代码是企业或者个体工商户的，经营性质不能是非营利性，请核对")


@check("I-BARRED", institution_rules(12), institution_rules(13), title="设置人、负责人没有不得申请的情形")
def nobody_is_barred(plan: Plan, on: date) -> Iterator[Finding]:
    """What the register knows, and what the applicant says of herself."""
    for name, why in plan.barred.items():
        yield refuse("parties.legal_name", f"{name}{why}，不得申请设置医疗机构，也不得充任法定代表人或者主要负责人")
    if plan.clear is False:
        yield refuse("founder.clear", "设置人有不得申请设置医疗机构的情形")


@check("I-UNIQUE", institution_rules(43), title="名称没有被其他机构使用", needs=("institution",))
def name_is_free(plan: Plan, on: date) -> Iterator[Finding]:
    """A name once registered is protected within the city."""
    if plan.taken_by:
        yield refuse("institution.name", f"本市已有登记名称为“{plan.taken_by}”的医疗机构，请另取名称")


@check("I-ALIKE", institution_rules(43), title="名称与其他机构不相近", needs=("institution",))
def name_is_unlike_others(plan: Plan, on: date) -> Iterator[Finding]:
    """Whether names that sound or look alike would be confused is for the reviewer to say."""
    if plan.alike:
        told = "、".join(f"“{each}”" for each in plan.alike)
        yield advise("institution.name", f"名称“{plan.name}”与已登记的{told}相近，请核对是否容易混淆")


@check(
    "I-NAME",
    institution_rules(40),
    institution_rules(41),
    institution_rules(42),
    title="名称符合命名规定",
    needs=("institution",),
)
def name_is_fit(plan: Plan, on: date) -> Iterator[Finding]:
    """The rules of names are advice to a reviewer: what a higher authority may approve stands among them."""
    for sentence in plan.name_faults:
        yield advise("institution.name", f"名称“{plan.name}”：{sentence}")


SOUND = (
    beds_fit_modes, chairs_fit_subjects, subjects_are_told, sections_stand_under_their_subject,
    places_stay_within_the_subjects, nature_fits_the_code, nobody_is_barred, name_is_fit, name_is_free,
    name_is_unlike_others,
)  # fmt: skip
"""What every founding form is asked."""


def _named(codes: Any) -> str:
    return "、".join(name_of("clinical_subject", code) for code in codes)
