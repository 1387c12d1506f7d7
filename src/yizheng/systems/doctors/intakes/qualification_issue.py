"""医师资格授予: who passed is given the qualification and its certificate number, a whole list in one change (医师法 第十二条).

The list is held against the results: who has none, did not pass, was disciplined, or holds this qualification already, is
left to a person. The number is composed here: year, 11 for Beijing, level, category, identity number.
"""

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, RegisterCheck, RestsOn, RowCheck, declare
from yizheng.kernel import codes
from yizheng.systems.doctors.intakes.qualifications import (
    BEGINNING,
    IN_FUTURE,
    NEXT_LINE,
    OF_THE_SAME,
    QUALIFIED_ON,
    held,
    segment_of,
)
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.practitioners.intakes.holder import PERSON, known
from yizheng.systems.practitioners.models import ExamResult

ISSUER = "北京市卫生健康委员会"
TCM_ISSUER = "北京市中医管理局"


def _composed(rows: pl.DataFrame) -> pl.DataFrame:
    """Level and category of the examination, and how the certificate number begins."""
    table = codes.table("exam_category")
    known_codes = list(table)
    level = [table[code].attributes["level"] for code in known_codes]
    category = [table[code].attributes["category"] for code in known_codes]
    segments = [segment_of(one) for one in category]
    said = pl.col("exam_category")
    rows = rows.with_columns(
        said.replace_strict(known_codes, level, default=None, return_dtype=pl.String).alias("level"),
        said.replace_strict(known_codes, category, default=None, return_dtype=pl.String).alias("category"),
        said.replace_strict(known_codes, segments, default=None, return_dtype=pl.String).alias("segment"),
    )
    beginning = pl.concat_str(
        [pl.col("qualified_on").dt.year().cast(pl.String), pl.lit("11"), pl.col("level"), pl.col("segment")]
    )
    resident = pl.col("id_kind") == "resident_id"
    return rows.with_columns(pl.when(resident).then(beginning).alias(BEGINNING))


_RESULT = """
left join practitioners_exam_result r on r.subject_id = m.subject_id and r.closed is null
  and r.line = 'exam:' || s.exam_year || ':' || s.exam_category
"""

_OF_TCM = ", ".join(
    f"'{one.code}'" for one in codes.table("practice_category").items() if one.attributes["register"] == "tcm"
)
_ISSUED_BY = f"case when s.category in ({_OF_TCM}) then '{TCM_ISSUER}' else '{ISSUER}' end"


def _granted(field: str, said: str) -> str:
    """What a new qualification says; one that is held already keeps what it says."""
    return f"case when m.known is not null then {held(field)} else {said} end"


def _examined(field: str) -> str:
    """What the result says of the studies."""
    return f"""
        (select r.{field} from practitioners_exam_result r where r.subject_id = m.subject_id and r.closed is null
         and r.line = 'exam:' || s.exam_year || ':' || s.exam_category)
    """  # noqa: S608 names of the program


QUALIFICATION_ISSUE = declare(
    Format(
        code="qualification_issue",
        title="医师资格授予名单",
        purpose="考试合格人员名单，逐人与成绩核对后成批授予医师资格并编号；由一人确认、另一名决定人员批准。",
        columns=(
            Column("exam_year", "考试年度", Kind.WHOLE, required=True, low=1999, high=2099, synonyms=("年度",)),
            Column(
                "exam_category", "报考类别", Kind.CODE, required=True, table="exam_category", synonyms=("类别代码",)
            ),
            *PERSON,
            QUALIFIED_ON,
        ),
        holder=known(),
        makes=(
            Makes(
                Qualification,
                NEXT_LINE,
                "s.qualified_on",
                {
                    "level": "s.level",
                    "category": "s.category",
                    "qualified_on": "s.qualified_on",
                    "issuer": _ISSUED_BY,
                    "way": "'exam'",
                    "holder_name": "s.name",
                    "holder_sex": _granted("holder_sex", "s.gender"),
                    "holder_birth_date": _granted("holder_birth_date", "s.birth_date"),
                    "holder_education": _granted("holder_education", _examined("education_level")),
                    "holder_school": _granted("holder_school", _examined("school")),
                    "holder_major": _granted("holder_major", _examined("major")),
                },
                met=OF_THE_SAME,
            ),
        ),
        key=("level", "category"),
        checks=(
            IN_FUTURE,
            RowCheck(
                "qualified_before_exam",
                "qualified_on",
                "签发日期早于考试年度",
                pl.col("qualified_on").dt.year() < pl.col("exam_year"),
            ),
        ),
        register_checks=(
            RegisterCheck(
                "no_result",
                "exam_year",
                "登记中没有该人该年度该类别的考试成绩",
                "m.subject_id is not null and r.id is null",
                joins=_RESULT,
                given="s.exam_year || '年 ' || s.exam_category",
            ),
            RegisterCheck(
                "not_passed",
                "exam_year",
                "考试成绩记载为不合格",
                "not r.passed",
                joins=_RESULT,
                given="'合格名单'",
                known="'总分 ' || coalesce(r.total_score::text, '无') || '，不合格'",
            ),
            RegisterCheck(
                "disciplined",
                "exam_year",
                "考试中有违纪处理",
                "r.discipline <> ''",
                joins=_RESULT,
                given="'合格名单'",
                known="r.discipline",
            ),
        ),
        derive=_composed,
        derived={"level": "text", "category": "text", BEGINNING: "text"},
        certificate=BEGINNING,
        correctable=(),
        rests_on=(RestsOn(ExamResult, "r.id", _RESULT),),
    )
)
