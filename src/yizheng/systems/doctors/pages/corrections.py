"""资格信息修改月报: the corrections of qualification data granted in a month, as they go to the national examination centre.

卫办医政发〔2010〕1号: what an authority corrected is summed up month by month. The list says which of the eight fields were
corrected and what they say now; numbers stay in the vault and travel by the sealed exchange alone.
"""

from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.calendar import add_months
from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import open_answers
from yizheng.licensing.models import Case
from yizheng.licensing.models.case import CaseQuerySet
from yizheng.licensing.states import CaseState
from yizheng.people.tables import Asked, Column, Month, Shown, Table
from yizheng.shell.access import DESKS, for_roles
from yizheng.systems.doctors.qualification.correction import GROUNDS, CorrectionStep, QualificationCorrection
from yizheng.systems.doctors.qualification.held_item import CurrentStep


def _granted(asked: Asked) -> CaseQuerySet:
    """The cases the account may see that were granted in the month, each with its day."""
    month: date = asked["month"]
    decided = Case.objects.visible_to(asked.account).filter(
        item_code=QualificationCorrection.code, state=CaseState.GRANTED
    )
    inside = decided.filter(
        events__to_state=CaseState.GRANTED, events__on__gte=month, events__on__lt=add_months(month, 1)
    )
    return inside.annotate(granted_on=F("events__on"))


def row(case: Any) -> dict[str, Any]:
    """One case in words: which fields, and what they say now."""
    answers = open_answers(case)
    said, now = answers.get(CorrectionStep.code, {}), answers.get(CurrentStep.code, {})
    return {
        "number": case.number,
        "url": reverse("desk:case", args=[case.number]),
        "name": case.applicant_name,
        "level": name_of("practice_level", now.get("level", "")),
        "fields": case.summary.partition("；")[0].removeprefix("修改"),
        "ground": dict(GROUNDS).get(said.get("ground", ""), ""),
        "corrected_name": said.get("name", ""),
        "sex": name_of("gender", said.get("sex", "")),
        "born": said.get("birth_date", ""),
        "education": name_of("education_level", said.get("education", "")),
        "school": said.get("school", ""),
        "major": said.get("major", ""),
        "on": case.granted_on,
    }


CORRECTIONS = Table(
    "qualification_corrections",
    "医师资格信息修改月报",
    _granted,
    (
        Column("办件编号", "number", 14, css="together dense", link="url"),
        Column("姓名", "name", 12, css="name"),
        Column("资格级别", "level", 14, css="dense"),
        Column("修改项目", "fields", 30, css="dense"),
        Column("修改后姓名", "corrected_name", 12, shown=Shown.ON_PAPER),
        Column("修改后性别", "sex", 10, shown=Shown.ON_PAPER),
        Column("修改后出生日期", "born", 14, shown=Shown.ON_PAPER),
        Column("修改后学历", "education", 14, shown=Shown.ON_PAPER),
        Column("修改后毕业学校", "school", 24, shown=Shown.ON_PAPER),
        Column("修改后专业", "major", 18, shown=Shown.ON_PAPER),
        Column("修改原因", "ground", 30, css="dense ink-2"),
        Column("决定日期", "on", 12, css="dense"),
    ),
    guard=for_roles(DESKS),
    filters=(Month("月份", "month", default=lambda: timezone.localdate().replace(day=1)),),
    described=lambda cases, asked: map(row, cases),
    heading="资格信息修改月报",
    says="当月准予的医师资格信息修改，汇总报国家医学考试中心；证件号码、证书编码只列修改与否",
    tally="件，新的在前",
    empty="本月没有准予的医师资格信息修改。",
    unfound=lambda asked: f"{asked['month']:%Y-%m} 没有准予的医师资格信息修改。",
    search="doctors:search",
)
"""The corrections of one month, newest first."""
