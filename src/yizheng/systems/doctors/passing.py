"""考试合格名单 of physicians: passed is who reached the line, passed the skills and was not disciplined (医师法 第九条、第十条).

The list becomes a batch of 医师资格授予名单, by which they are qualified (医师法 第十二条).
"""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from yizheng.kernel import codes
from yizheng.people.tables import Column, Number, Shown
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.models import ExamResult
from yizheng.systems.practitioners.passing import PassingList, Round, declare


def _qualified(one: Round) -> QuerySet[Any]:
    meant = codes.table("exam_category").require(one.category).attributes
    return Qualification.objects.current().filter(level=meant["level"], category=meant["category"])


declare(
    PassingList(
        people=PEOPLE,
        title="医师资格考试合格名单",
        says="从已入册的成绩产生：达到合格线、技能合格、没有违纪处理，按总分排列",
        result=ExamResult,
        of=Q(of_register=PEOPLE.code),
        passed=Q(passed=True, discipline=""),
        points=Coalesce("total_score", Decimal(-1)),
        held=_qualified,
        state="医师资格",
        words=("已授予", "待授予"),
        columns=(
            Column(
                "报考类别",
                lambda row: codes.name_of("exam_category", row["result"].exam_category),
                24,
                shown=Shown.ON_PAPER,
            ),
            Column("笔试准考证号", "result.admission_no_written", 18, css="dense"),
            Number("技能成绩", "result.skill_score", 10),
            Number("总分", "total", 10),
            Number("合格线", "result.pass_line", 10),
        ),
        categories="exam_category",
        first_category="110",
        line="pass_line",
        granted_by="qualification_issue",
        why="授予医师资格",
        template="doctors/passing.html",
    )
)
