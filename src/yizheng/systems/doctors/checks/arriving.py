"""Coming from another province, for good or beside the registration there (医师法 第十三条、第十八条; 医师执业注册管理办法 第十条).

What is registered elsewhere is stated by the applicant with the number under which the national platform was asked; a
clerk compares it there, so the finding is put to a person every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.checks.change import Changer


@check("A01", physicians_law(13), title="外省注册信息已填写", needs=("origin",))
def looked_up_nationwide(changer: Changer, on: date) -> Iterator[Finding]:
    """The registration stated is compared with the national platform by a person."""
    origin = changer.origin
    if changer.now is not None or not origin.practice_number:
        return
    where = name_of("province", origin.province)
    evidence = f"{where}，执业证书编码 {origin.practice_number}，查询编号 {origin.reference or '未填'}"
    yield advise("origin.reference", "须在国家平台核对外省注册的级别、类别、范围、状态", evidence=evidence)


@check("A02", physicians_law(14), title="证书编码与级别、类别相符", needs=("origin",))
def number_tells_the_same(changer: Changer, on: date) -> Iterator[Finding]:
    """The first digit is the level; the category in the number may be a former one, so that is put to a person."""
    origin = changer.origin
    if changer.now is not None or len(origin.practice_number) != 15:
        return
    if origin.level and origin.practice_number[0] != origin.level:
        yield refuse("origin.practice_number", "执业证书编码第 1 位与执业级别不符，请按证书核对")
    root = table("practice_category").root(origin.category) if origin.category else None
    if root is not None and origin.practice_number[1:3] not in _segments(root.code):
        yield advise("origin.practice_number", "执业证书编码第 2—3 位与执业类别不符，须核对是否变更过类别")


def _segments(root: str) -> set[str]:
    categories = table("practice_category")
    rows = [row for row in categories.items() if row.code == root or row.parent == root]
    return {segment for row in rows for segment in row.many("certificate_segments")}


@check("A03", physicians_law(18), title="原注册机关已同意转出", needs=("origin",))
def released(changer: Changer, on: date) -> Iterator[Finding]:
    """The former authority's release does not lie in the future."""
    day = changer.origin.released_on
    if changer.now is None and day is not None and day > on:
        yield refuse("origin.released_on", "原注册机关出具证明的日期晚于今天，请核对")


@check("A04", registration_rules(10), title="执业医师才能增加执业地点")
def physicians_only(changer: Changer, on: date) -> Iterator[Finding]:
    """An assistant has one place of practice only."""
    if changer.origin.level == ASSISTANT:
        yield refuse("origin.level", "执业助理医师只能有一个执业地点，不能跨执业地点增加注册")


def unregistered_here(changer: Changer, on: date) -> bool:
    """Whether she is not registered in Beijing and so comes from elsewhere."""
    return changer.now is None
