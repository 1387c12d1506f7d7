"""考试合格名单 of nurses: both subjects passed in one sitting, without a violation (护士条例 第七条)."""

from django.db.models import F, IntegerField, Q
from django.db.models.functions import Coalesce

from yizheng.people.tables import Column, Number
from yizheng.systems.nurses.models import NurseExamResult, NurseRegistration
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.passing import PassingList, declare

declare(
    PassingList(
        people=PEOPLE,
        title="护士执业资格考试合格名单",
        says="从已入册的成绩产生：两科一次合格、没有违纪违规，按总分排列",
        result=NurseExamResult,
        passed=Q(passed=True, violation=False),
        points=Coalesce(F("score_practice") + F("score_ability"), -1, output_field=IntegerField()),
        held=lambda _: NurseRegistration.objects.current(),
        state="护士执业注册",
        words=("已注册", "待注册"),
        columns=(
            Column("准考证号", "result.admission_no", 18, css="dense"),
            Number("专业实务", "result.score_practice", 10),
            Number("实践能力", "result.score_ability", 10),
            Number("总分", "total", 10),
            Column("成绩合格证明日期", "result.passed_on", 16, css="dense"),
        ),
    )
)
