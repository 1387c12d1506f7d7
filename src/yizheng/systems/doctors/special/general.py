"""Rules every special qualification asks: of a registered physician, at an institution where she practises, not held yet.

医师法 第十四条; 行政许可法 第六十九条 (who does not satisfy the conditions is granted nothing). Rules that differ by a number
or an article are made by a function that names both.
"""

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import Article, institution_regulation, physicians_law
from yizheng.licensing.findings import Check, Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import PHYSICIAN
from yizheng.systems.doctors.special.applicant import SpecialApplicant


@check("D-X01", physicians_law(14), title="在该机构执业", needs=("special",))
def practises_there(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The institution named is the main one or one of the filings."""
    if applicant.employer is not None and not applicant.practises_there:
        sentence = f"登记簿中您没有在{applicant.employer.name}执业，请选择主要执业机构或者备案机构"
        yield refuse("special.institution", sentence)


@check("D-X02", institution_regulation(23), title="执业机构的许可有效", needs=("special",))
def institution_in_force(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The licence of the institution allows practice on the day."""
    employer = applicant.employer
    if employer is not None and not employer.in_force:
        yield refuse("special.institution", f"{employer.name}现为“{employer.status}”，不能办理专项资格")


@check("D-X03", physicians_law(14), title="没有有效的同一专项资格", needs=("special",))
def not_held_yet(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Nobody is granted twice what she holds."""
    if applicant.held_already:
        yield refuse("special.institution", "已有同一项目的有效专项资格，不需要再办理")


def of_a_physician(article: Article) -> Check:
    """Assistants are not granted it."""

    @check("D-X04", article, title="为执业医师")
    def rule(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
        """The registration is one of a physician."""
        if applicant.level and applicant.level != PHYSICIAN:
            yield refuse("", "执业助理医师不能办理这项专项资格")

    return rule


def titled_at_least(rank: str, article: Article) -> Check:
    """The professional title is of this rank or above."""

    @check("D-X05", article, title=f"专业技术职务为{rank}以上", needs=("special",))
    def rule(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
        """The title suits the work."""
        if applicant.title and not applicant.ranks_at_least(rank):
            yield refuse("special.title_held", f"须具有{rank}以上专业技术职务，现为“{applicant.rank or '无职称'}”")

    return rule


def trained_and_passed(article: Article) -> Check:
    """Trained and passed, on days that have gone by."""

    @check("D-X06", article, title="已培训并考核合格", needs=("special",))
    def rule(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
        """The training is over and was passed."""
        yield from training_findings(applicant, on)

    return rule


def training_findings(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """What is wrong with the training as stated."""
    begun, ended = applicant.trained_from, applicant.trained_to
    if applicant.passed is False:
        yield refuse("special.result", "培训考核结果为不合格，考核合格后再办理")
    if ended is not None and ended > on:
        yield refuse("special.trained_to", f"培训到{long_date(ended)}才结束，考核合格后再办理")
    elif ended is not None and begun is not None and ended < begun:
        yield refuse("special.trained_to", "培训结束日期早于开始日期，按证明核对后改正")
