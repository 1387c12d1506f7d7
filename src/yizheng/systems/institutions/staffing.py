"""The last who may practise a subject of an institution is gone: put to the clerk (条例 第十五条第四项).

Upper systems say who left and under which scopes; the institution's subjects are weighed here.
"""

from collections.abc import Collection
from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.kernel.scopes import scopes_of
from yizheng.kernel.statutes import institution_regulation
from yizheng.licensing.ports.consequences import put_to
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.questions import Staff, fitting, who_practises
from yizheng.systems.institutions.register import INSTITUTIONS

UNSTAFFED = "institutions.unstaffed"
MOST_NAMED = 4


def somebody_left(institution: int, scopes: Collection[str], on: date, cause: int) -> None:
    """Somebody who practised there under these scopes does so no more; subjects that nobody is left for become a proposal."""
    licence = licences.licence_on(institution, on)
    if licence is None or not licence.may_practise:
        return
    held = [code for code in sorted(licence.subjects) if set(scopes_of(code)) & set(scopes)]
    people = who_practises.ask(Staff(institution, on)) if held else []
    lost = [name_of("clinical_subject", code) for code in held if not fitting(people, code)]
    if lost:
        named = "、".join(lost[:MOST_NAMED]) + "等" * (len(lost) > MOST_NAMED)
        title = f"{licence.name}的{named}已没有执业范围相符的医师，须补充人员或者变更诊疗科目"
        put_to(licence.authority_scope, UNSTAFFED, INSTITUTIONS, institution, title, institution_regulation(15), cause)
