"""How the register of nurses says who is registered and where, and the pages every register of people has (护士条例 第八条、第二十一条)."""

from datetime import date
from typing import Any

from django.db.models import Q

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import nurse_regulation
from yizheng.shell.access import DESKS
from yizheng.shell.forecasts import ASKERS
from yizheng.shell.navigation import NavEntry
from yizheng.systems.nurses.models import EXPIRED, OVER, NurseExamResult, NurseFiling, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.consequences import go_with_their_institution, when_institutions_end
from yizheng.systems.practitioners.pages.entries import declare_pages
from yizheng.systems.practitioners.registered import FILED, MAIN, Particular, PeopleRegister, Relation, declare
from yizheng.systems.practitioners.searching import declare_search


def _work_kind(fact: Any, held: NurseRegistration | None) -> str:
    kind = getattr(held or fact, "work_kind", "")
    return name_of("nurse_work_kind", kind) if kind else ""


def _in_status(status: str, on: date) -> Q:
    """As `NurseRegistration.status_on`: a term that is over has expired though nobody wrote so."""
    if status in OVER:
        return Q(status=status)
    over = Q(term_to__lt=on) & ~Q(status__in=OVER)
    return over | Q(status=status) if status == EXPIRED else Q(status=status, term_to__gte=on)


PEOPLE = declare(
    PeopleRegister(
        register=NURSES,
        system="nurses",
        registration=NurseRegistration,
        number_title="护士执业证书编号",
        founding=(NurseRegistration, NurseExamResult),
        relations=(
            Relation(MAIN, "主要执业", NurseRegistration, ~Q(status__in=OVER)),
            Relation(FILED, "多机构备案", NurseFiling),
        ),
        particulars=(
            Particular("工作类别", 14, _work_kind),
            Particular("有效期至", 12, lambda fact, held: (held or fact).term_to.isoformat()),
        ),
        states="nurse_register_status",
        status_on=NurseRegistration.status_on,
        in_status=_in_status,
        told=lambda held: (held.state, f"有效期至 {held.term_to}"),
        term="term_to",
        lists="nurse_",
    )
)
when_institutions_end(PEOPLE, nurse_regulation(9), "须备案新的主要执业机构")
go_with_their_institution(PEOPLE)
declare_search(PEOPLE, digits=12, example="202611000001")
declare_pages(
    PEOPLE,
    "护士电子化注册",
    "搜索护士姓名、拼音、证书编号",
    order=20,
    more=(
        NavEntry("工作", "规则推演", "bulb", "forecasts:list", ASKERS, order=70, arguments=(NURSES.code,)),
        NavEntry("工作", "到期分布", "calendar-due", "nurses:due", DESKS, order=65),
    ),
)
