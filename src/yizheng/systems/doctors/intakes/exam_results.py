"""医师资格考试成绩: one row a person, year and category, as the examination centre delivers them (医师法 第九条、第十条).

Written units are of 150 points, four for physicians and two for assistants; skills of 100, passed from 60. Totals must
be the sums of their units and the result must follow from total, line and skills, or a person looks at the row. Who took
part in organised cheating is barred from registering (医师执业注册管理办法 第六条).
"""

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, RowCheck, Severity, declare
from yizheng.kernel import codes
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.intakes.exam import MAJOR, PASSED, REGION, SCHOOL, YEAR_IN_FUTURE, doubt, exam_year
from yizheng.systems.practitioners.intakes.holder import PERSON, known_or_new
from yizheng.systems.practitioners.models import ExamResult, RegistrationBar
from yizheng.systems.practitioners.models.exam_result import RESULT_DAY

FIRST_YEAR = 1999
UNIT_POINTS = 150
SKILL_POINTS = 100
SKILL_LINE = 60
CHEATED = "R09"

_UNITS = tuple(f"unit{number}_score" for number in (1, 2, 3, 4))
_DAY = f"make_date(s.exam_year, {RESULT_DAY[0]}, {RESULT_DAY[1]})"


def _score(name: str, heading: str, most: float, decimals: int, *synonyms: str) -> Column:
    return Column(name, heading, Kind.NUMBER, low=0, high=most, decimals=decimals, synonyms=synonyms)


_COLUMNS = (
    exam_year(FIRST_YEAR),
    REGION,
    Column("exam_site", "考点代码", Kind.DIGITS, longest=4, synonyms=("考点",)),
    Column("admission_no_skill", "技能准考证号", Kind.DIGITS, longest=20, synonyms=("实践技能准考证号",)),
    Column(
        "admission_no_written", "笔试准考证号", Kind.DIGITS, longest=13, synonyms=("准考证号", "医学综合笔试准考证号")
    ),
    Column(
        "exam_category",
        "报考类别",
        Kind.CODE,
        required=True,
        table="exam_category",
        synonyms=("报考类别代码", "类别代码"),
    ),
    *PERSON,
    Column("education_level", "学历", Kind.CODE, table="education_level", synonyms=("学历代码", "报考学历")),
    Column("degree", "学位", Kind.CODE, table="degree", synonyms=("学位代码",)),
    SCHOOL,
    MAJOR,
    Column("graduation_date", "毕业日期", Kind.DAY, synonyms=("毕业时间",)),
    Column("diploma_no", "毕业证书编号", longest=40, synonyms=("毕业证号", "学历证书编号")),
    Column("trial_unit", "试用机构", synonyms=("试用单位", "实践机构", "工作单位")),
    Column("trial_from", "试用开始日期", Kind.DAY, synonyms=("试用起始日期",)),
    Column("trial_to", "试用结束日期", Kind.DAY, synonyms=("试用截止日期",)),
    Column("assistant_practice_no", "助理医师执业证书编码", Kind.DIGITS, longest=15, synonyms=("助理执业证书编码",)),
    Column("assistant_register_date", "助理医师注册日期", Kind.DAY, synonyms=("助理注册日期",)),
    _score("skill_score", "技能成绩", SKILL_POINTS, 2, "实践技能成绩", "技能分数"),
    Column("skill_passed", "技能是否合格", Kind.YES_NO, synonyms=("技能结果", "实践技能结果")),
    Column("skill_valid_to", "技能成绩有效期至", Kind.DAY, synonyms=("技能有效期",)),
    _score("unit1_score", "第一单元成绩", UNIT_POINTS, 1, "第一单元", "单元1"),
    _score("unit2_score", "第二单元成绩", UNIT_POINTS, 1, "第二单元", "单元2"),
    _score("unit3_score", "第三单元成绩", UNIT_POINTS, 1, "第三单元", "单元3"),
    _score("unit4_score", "第四单元成绩", UNIT_POINTS, 1, "第四单元", "单元4"),
    _score("total_score", "总分", 4 * UNIT_POINTS, 1, "笔试总分", "总成绩"),
    _score("pass_line", "合格线", 4 * UNIT_POINTS, 1, "合格分数线", "分数线"),
    PASSED,
    Column("discipline", "违纪处理", Kind.CODE, table="exam_discipline", synonyms=("违纪处理代码",)),
)


def _with_attributes(rows: pl.DataFrame) -> pl.DataFrame:
    """Full points and the nationwide line of each category, and whether it needs two units or four."""
    table = codes.table("exam_category")
    known = list(table)
    full = [float(table[code].attributes["written_full_score"]) for code in known]
    line = [float(table[code].attributes["written_pass_score"] or 0) for code in known]
    category = pl.col("exam_category")
    return rows.with_columns(
        category.replace_strict(known, full, default=None, return_dtype=pl.Float64).alias("full_score"),
        category.replace_strict(known, line, default=None, return_dtype=pl.Float64).alias("national_line"),
    )


_SUM = pl.sum_horizontal(pl.col(unit).fill_null(0.0) for unit in _UNITS)
_WRITTEN = pl.col("total_score").is_not_null()
_REACHED = _WRITTEN & (pl.col("total_score") >= pl.col("pass_line"))
_SKILLED = pl.col("skill_passed").fill_null(value=False)

_CHECKS = (
    YEAR_IN_FUTURE,
    doubt(
        "score_sum", "total_score", "总分不等于各单元成绩之和", _WRITTEN & ((_SUM - pl.col("total_score")).abs() > 0.01)
    ),
    RowCheck(
        "above_full_score",
        "total_score",
        "总分超过该类别满分（执业医师600分，执业助理医师300分）",
        pl.col("total_score") > pl.col("full_score"),
    ),
    doubt(
        "units_of_level",
        "unit3_score",
        "执业助理医师只有两个单元，不应有第三、第四单元成绩",
        (pl.col("full_score") == 2 * UNIT_POINTS)
        & (pl.col("unit3_score").fill_null(0.0) + pl.col("unit4_score").fill_null(0.0) > 0),
    ),
    doubt("line_missing", "pass_line", "有总分而没有合格线", _WRITTEN & pl.col("pass_line").is_null()),
    doubt(
        "passed_differs",
        "passed",
        "“是否合格”与总分、合格线、技能结果不符",
        pl.col("passed").is_not_null() & (pl.col("passed") != (_REACHED & _SKILLED).fill_null(value=False)),
    ),
    doubt(
        "passed_despite_discipline",
        "discipline",
        "有违纪处理而仍记为合格",
        pl.col("discipline").is_not_null() & pl.col("passed"),
    ),
    doubt(
        "skill_differs",
        "skill_passed",
        f"技能成绩{SKILL_LINE}分为合格，与“技能是否合格”不符",
        pl.col("skill_score").is_not_null()
        & pl.col("skill_passed").is_not_null()
        & ((pl.col("skill_score") >= SKILL_LINE) != pl.col("skill_passed")),
    ),
    RowCheck(
        "line_differs",
        "pass_line",
        "合格线与该类别历年的全国合格线（执业医师360分，执业助理医师180分）不同",
        (pl.col("national_line") > 0) & (pl.col("pass_line") != pl.col("national_line")),
        Severity.NOTE,
    ),
    RowCheck("trial_backwards", "trial_to", "试用结束早于试用开始", pl.col("trial_to") < pl.col("trial_from")),
    RowCheck(
        "graduated_young",
        "graduation_date",
        "毕业时不满十六周岁，请核对毕业日期和出生日期",
        pl.col("graduation_date") < pl.col("birth_date").dt.offset_by("16y"),
        Severity.NOTE,
    ),
    doubt(
        "examined_young", "birth_date", "考试时不满十八周岁", pl.col("exam_year") - pl.col("birth_date").dt.year() < 18
    ),
)

_SAID = {
    field.name: f"s.{'name' if field.name == 'name_as_examined' else field.name}" for field in ExamResult.typed_fields()
} | {"of_register": f"'{DOCTORS.code}'"}

EXAM_RESULT = declare(
    Format(
        code="exam_result",
        title="医师资格考试成绩",
        purpose="国家医学考试中心或考区下发的成绩数据入库；同一人、年度、报考类别一条，以后到的正式版本为准。",
        columns=_COLUMNS,
        holder=known_or_new(),
        makes=(
            Makes(ExamResult, "'exam:' || s.exam_year || ':' || s.exam_category", _DAY, _SAID),
            Makes(
                RegistrationBar,
                f"'bar:{CHEATED}:' || s.exam_year",
                _DAY,
                {"ground": f"'{CHEATED}'", "authority_name": "'医师资格考试考务机构'", "document_number": "''"},
                when="s.discipline = 'organised'",
            ),
        ),
        key=("exam_year", "exam_category"),
        checks=_CHECKS,
        derive=_with_attributes,
    )
)
