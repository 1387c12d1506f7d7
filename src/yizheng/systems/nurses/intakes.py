"""护士执业资格考试成绩, 军队护士执业数据: the files about nurses (护士执业资格考试办法; 护士条例 第九条).

Results are one row a person and year, as the examination centre delivers them: both subjects are passed in one sitting with the
points of the dated rule, 300 unless the authority sets others, and marks of who was absent are left empty, never zero.
"""

from collections.abc import Mapping

import polars as pl
from django.utils import timezone

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, declare
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.rules import declare_rule, value
from yizheng.systems.nurses.models import OVER, RESULT_DAY, NurseExamResult, NurseMilitaryRecord
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.intakes.exam import MAJOR, PASSED, REGION, SCHOOL, YEAR_IN_FUTURE, doubt, exam_year
from yizheng.systems.practitioners.intakes.holder import PERSON, known_or_new
from yizheng.systems.practitioners.intakes.military import declare_records

PASS_POINTS = declare_rule(
    "nurses.exam_pass_points",
    "护士执业资格考试每科合格分数",
    300,
    "分",
    nurse_regulation(7),
    doubtful=True,
    limits=(1, 999),
)
_SCORES = ("score_practice", "score_ability")
_PASSED = pl.all_horizontal(pl.col(name) >= pl.col("pass_points") for name in _SCORES)


def _numbers() -> Mapping[str, int]:
    """The points that pass each subject, as the rule stands today."""
    return {"pass_points": value(PASS_POINTS.code, timezone.localdate())}


declare(
    Format(
        code="nurse_exam",
        title="护士执业资格考试成绩",
        purpose="考试机构下发的护士执业资格考试成绩入库；同一人、年度一条，以后到的正式版本为准。",
        columns=(
            exam_year(2008),
            REGION,
            Column("admission_no", "准考证号", Kind.DIGITS, longest=20),
            *PERSON,
            SCHOOL,
            MAJOR,
            Column("full_time", "普通全日制", Kind.YES_NO, synonyms=("全日制", "是否全日制")),
            Column("internship_months", "临床实习月数", Kind.WHOLE, low=0, high=60, synonyms=("实习月数",)),
            Column("score_practice", "专业实务", Kind.WHOLE, low=0, synonyms=("专业实务成绩",)),
            Column("score_ability", "实践能力", Kind.WHOLE, low=0, synonyms=("实践能力成绩",)),
            PASSED,
            Column("pass_certificate", "成绩合格证明编号", longest=30, synonyms=("合格证明编号",)),
            Column("passed_on", "成绩合格证明日期", Kind.DAY, synonyms=("合格日期", "合格证明日期")),
            Column("violation", "违纪违规", Kind.YES_NO),
        ),
        holder=known_or_new(),
        makes=(
            Makes(
                NurseExamResult,
                "'nurse_exam:' || s.exam_year",
                f"make_date(s.exam_year, {RESULT_DAY[0]}, {RESULT_DAY[1]})",
                {
                    field.name: "coalesce(s.violation, false)" if field.name == "violation" else f"s.{field.name}"
                    for field in NurseExamResult.typed_fields()
                },
            ),
        ),
        key=("exam_year",),
        numbers=_numbers,
        checks=(
            YEAR_IN_FUTURE,
            doubt(
                "passed_differs",
                "passed",
                "“是否合格”与成绩不符：两科均须达到合格分数",
                pl.all_horizontal(pl.col(name).is_not_null() for name in _SCORES) & (pl.col("passed") != _PASSED),
            ),
            doubt(
                "passed_without_scores",
                "passed",
                "记为合格而缺少成绩",
                pl.col("passed") & pl.any_horizontal(pl.col(name).is_null() for name in _SCORES),
            ),
            doubt(
                "passed_despite_violation",
                "violation",
                "有违纪违规而仍记为合格",
                pl.col("violation").fill_null(value=False) & pl.col("passed"),
            ),
        ),
    )
)
MILITARY = declare_records(
    NURSES,
    NurseMilitaryRecord,
    nurse_regulation(9),
    ended=OVER,
    code="nurse_military",
    title="军队护士执业数据",
    purpose="军队、武警卫生部门交换来的护士执业注册变动；逐行核对后入库，作为转地方、转军队办件的依据。",
)
