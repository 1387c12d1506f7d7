"""The qualification behind a registration (医师法 第十二条至第十四条)."""

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant


@check("D-Q01", physicians_law(12), physicians_law(13), title="资格数据与申请人一致")
def holds_qualification(applicant: Applicant, on: date) -> Iterator[Finding]:
    """A qualification stands in the register, and name, identity and number are the same person's."""
    held = applicant.qualification
    if held is None:
        yield refuse("qualification.qualification_number", "医师资格库中没有申请人的医师资格，先到发证机关核对资格数据")
        return
    if held.qualified_on > on:
        sentence = f"医师资格自{long_date(held.qualified_on)}起取得，在此之前不能注册"
        yield refuse("qualification.qualified_on", sentence)
    if applicant.identity_agrees is False:
        yield refuse("person.id_number", "证件号码与资格数据中的不一致，先办理资格数据更正")
    if applicant.name and applicant.name != held.holder_name:
        sentence = f"姓名与资格数据不一致：资格证书上为“{held.holder_name}”"
        yield refuse("person.name", sentence)
    if held.number_agrees is False:
        yield refuse("qualification.qualification_number", "医师资格证书编码与资格数据不一致，按证书核对后重新填写")


def same_category(one: str, other: str) -> bool:
    """Whether two categories are one for registering: kinds of Chinese medicine (中医类别) are one category."""
    categories = table("practice_category")
    return categories.root(one).code == categories.root(other).code


@check("D-R15", physicians_law(14), title="执业类别、级别与医师资格一致", needs=("practice",))
def as_qualified(applicant: Applicant, on: date) -> Iterator[Finding]:
    """The category and the level asked for are those of the qualification."""
    held = applicant.qualification
    if held is None:
        return
    if applicant.category and not same_category(applicant.category, held.category):
        yield refuse("practice.category", "拟执业类别与医师资格类别不符，只能按资格类别注册")
    if applicant.level and applicant.level != held.level:
        yield refuse("practice.level", "拟执业级别与医师资格级别不符，只能按资格级别注册")
