"""An assistant who has become a physician (助理升执业医师, 医师法 第九条、第十三条): same category, same place, then wider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import ASSISTANT, PHYSICIAN
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.checks.qualification import same_category


def in_another_scope(changer: Changer, on: date) -> bool:
    """Whether the scope asked for is not the one registered, which needs a proof of its own."""
    return changer.now is not None and bool(set(changer.scopes) - set(changer.now.scopes))


@check("U01", physicians_law(9), physicians_law(13), title="执业助理医师已取得同类别执业医师资格")
def qualified_as_physician(changer: Changer, on: date) -> Iterator[Finding]:
    """A physician's qualification in the category registered."""
    now = changer.now
    if now is None:
        return
    if now.level != ASSISTANT:
        yield refuse("", "现在的注册不是执业助理医师，不需要办理助理升执业医师")
        return
    held = [each for each in changer.qualifications if each.level == PHYSICIAN]
    if not any(same_category(each.category, now.category) for each in held):
        yield refuse("", "资格数据中没有同一类别的执业医师资格，取得后才能办理")


@check("U02", registration_rules(7), title="拟执业机构在已注册的执业地点", needs=("practice",))
def where_registered(changer: Changer, on: date) -> Iterator[Finding]:
    """The upgrade happens at the registered place; who wants another one changes that first."""
    now, employer = changer.now, changer.employer
    if now is not None and employer is not None and now.level == ASSISTANT and employer.place != now.place:
        yield refuse("practice.institution", f"现注册在{now.place_name}，换区执业请先办理变更执业地点")
