"""Another category: only one in which the person holds a qualification (医师法 第十四条、第十八条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.checks.qualification import same_category


@check("K01", physicians_law(18), title="拟变更的执业类别与现在的不同", needs=("practice",))
def another_category(changer: Changer, on: date) -> Iterator[Finding]:
    """Something changes."""
    now = changer.now
    if now is not None and changer.category and same_category(changer.category, now.category):
        yield refuse("practice.category", "所选的执业类别就是现在的类别，不需要变更")


@check("K02", physicians_law(14), title="持有拟变更类别的医师资格", needs=("practice",))
def qualified_in_it(changer: Changer, on: date) -> Iterator[Finding]:
    """A qualification of the same level in the new category stands in the register."""
    if changer.now is None or not changer.category:
        return
    held = [each for each in changer.qualifications if each.level == changer.now.level]
    if not any(same_category(each.category, changer.category) for each in held):
        wanted = name_of("practice_category", changer.category)
        yield refuse("practice.category", f"资格数据中没有{wanted}类别的医师资格，取得后才能变更")
