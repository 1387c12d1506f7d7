"""What the applicant declares (行政许可法 第三十一条、第七十八条; 医师执业注册管理办法 第六条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.statutes import licensing_law, registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant


@check("T01", licensing_law(31), licensing_law(78), title="已承诺材料真实", needs=("declaration",))
def promises_truth(applicant: Applicant, on: date) -> Iterator[Finding]:
    """The applicant answers for the truth of what was handed in."""
    if applicant.truthful is False:
        yield refuse("declaration.truth", "没有作出真实性承诺，承诺后才能提交")


@check("R07", registration_rules(6), title="健康状况适宜执业", needs=("declaration",))
def fit_to_practise(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Who declares to be unfit cannot be registered while that lasts."""
    if applicant.fit is False:
        yield refuse("declaration.health", "申请人声明健康状况不适宜执业，情形消失后再申请")
