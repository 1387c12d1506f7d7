"""The institution a doctor wants to practise in, and practising there on one's own account (医师法 第十三条、第十四条、第二十条)."""

from collections.abc import Iterator
from datetime import date, timedelta

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant
from yizheng.systems.practitioners import checks

licence_in_force = checks.licence_in_force("D-I01", physicians_law(14))


@check("D-E01", physicians_law(13), title="聘用证明与机构登记名称一致", needs=("practice",))
def employment_proof_names_institution(applicant: Applicant, on: date) -> Iterator[Finding]:
    """The name on the employment proof is the registered one; otherwise somebody must look at the seal."""
    employer = applicant.employer
    named = applicant.employment_proof_name
    if employer is None or not named or named == employer.name:
        return
    evidence = f"聘用证明上为“{named}”，登记名称为“{employer.name}”"
    yield advise("material:employment_proof", "聘用证明印章与机构登记名称不完全一致", evidence=evidence)


SPECIALIST = "4"
"""中医（专长）医师, who may open a practice at once."""


@check("D-R16", physicians_law(20), title="个体行医的，已执业满五年", needs=("practice",))
def practised_long_enough(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Only a physician of five full years' practice in institutions practises on her own account."""
    if not applicant.individual or applicant.level == SPECIALIST:
        return
    if applicant.level == ASSISTANT:
        yield refuse("practice.individual", "执业助理医师不能个体行医")
        return
    since, years = applicant.first_practised_on, applicant.periods.individual_years
    if since is None:
        yield refuse("practice.individual", f"个体行医须经注册后在医疗卫生机构中执业满 {years} 年")
        return
    last = applicant.periods.last_day(since, years) + timedelta(days=applicant.days_away)
    if on <= last:
        away = f"，扣除未执业的 {applicant.days_away} 日" if applicant.days_away else ""
        sentence = f"{long_date(since)}起执业{away}，到{long_date(last)}才满 {years} 年，此前不能个体行医"
        yield refuse("practice.individual", sentence)
