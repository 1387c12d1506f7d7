"""The institution a doctor wants to practise in (医师法 第十三条、第十四条; 医疗机构管理条例 第二十三条、第二十六条)."""

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.findings import Finding, advise, check
from yizheng.systems.doctors.checks.applicant import Applicant
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
