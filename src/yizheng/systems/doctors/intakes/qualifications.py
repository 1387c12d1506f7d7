"""医师资格数据: qualifications given elsewhere or before, loaded and matched, contradictions left to a person.

Only name, sex, birth date, education, school, major, identity number and certificate number may ever be corrected
(卫办医政发〔2010〕1号). A file corrects the first six of a known qualification; a number is corrected person by person, because
its proof names the old and the new one (医师资格信息修改). Level, category, date, issuer and way stay.
"""

from __future__ import annotations

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, RowCheck, declare
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.systems.doctors.intakes.certificate import BEGINNING, NUMBER_CHECKS, read_number
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.practitioners.intakes.holder import PERSON, known_or_new

LEVEL = Column("level", "级别", Kind.CODE, required=True, table="practice_level", synonyms=("资格级别", "执业级别"))
CATEGORY = Column(
    "category", "类别", Kind.CODE, required=True, table="practice_category", synonyms=("资格类别", "执业类别")
)
QUALIFIED_ON = Column(
    "qualified_on", "签发日期", Kind.DAY, required=True, synonyms=("取得日期", "发证日期", "批准日期")
)
CERTIFICATE = Column(
    "qualification_no",
    "医师资格证书编码",
    Kind.IDENTIFIER,
    required=True,
    synonyms=("资格证书编码", "资格证书编号", "资格证编码"),
)

OF_THE_SAME = "f.level = s.level and f.category = s.category and f.valid_to = date '9999-12-31'"
NEXT_LINE = """
case when m.known is not null then (select q.line from doctors_qualification q where q.id = m.known)
     else 'qualification:' || (
        row_number() over (partition by m.subject_id order by s."row")
        + coalesce((select max(split_part(q.line, ':', 2)::int) from doctors_qualification q
                    where q.subject_id = m.subject_id), 0)) end
"""

STUDIES = (
    Column("education_level", "学历", Kind.CODE, table="education_level", synonyms=("学历代码",)),
    Column("school", "毕业学校", synonyms=("毕业院校", "学校名称")),
    Column("major", "所学专业", synonyms=("专业", "毕业专业")),
)


def kept(field: str, said: str) -> str:
    """What a row says of a field of the qualification, or what is known of it when the row says nothing."""
    return f"coalesce({said}, (select q.{field} from doctors_qualification q where q.id = m.known), '')"  # noqa: S608 names of the program


def _prepared(rows: pl.DataFrame) -> pl.DataFrame:
    return read_number(rows).with_columns(pl.lit(beijing_today()).alias("today"))


QUALIFICATIONS = declare(
    Format(
        code="qualification",
        title="医师资格数据",
        purpose="历年或外省取得的医师资格数据入库；与登记逐项核对，有出入的留待人工核实。",
        columns=(
            *PERSON,
            LEVEL,
            CATEGORY,
            QUALIFIED_ON,
            CERTIFICATE,
            Column("issuer", "发证机关", required=True, synonyms=("签发机关", "批准机关")),
            *STUDIES,
            Column("way", "取得方式", Kind.CODE, table="acquisition_way", synonyms=("取得途径",)),
        ),
        holder=known_or_new(),
        makes=(
            Makes(
                Qualification,
                NEXT_LINE,
                "s.qualified_on",
                {
                    "level": "s.level",
                    "category": "s.category",
                    "qualified_on": "s.qualified_on",
                    "issuer": "s.issuer",
                    "way": "coalesce(s.way, 'exam')",
                    "holder_name": "s.name",
                    "holder_sex": "s.gender",
                    "holder_birth_date": "s.birth_date",
                    "holder_education": kept("holder_education", "s.education_level"),
                    "holder_school": kept("holder_school", "s.school"),
                    "holder_major": kept("holder_major", "s.major"),
                    "assessed_scope": kept("assessed_scope", "null::text"),
                },
                met=OF_THE_SAME,
            ),
        ),
        key=("level", "category"),
        checks=(
            *NUMBER_CHECKS,
            RowCheck(
                "certificate_year",
                "qualification_no",
                "医师资格证书编码第1—4位与签发日期的年份不一致",
                pl.col("number_year") != pl.col("qualified_on").dt.year().cast(pl.String),
            ),
            RowCheck(
                "qualified_in_future", "qualified_on", "签发日期晚于今天", pl.col("qualified_on") > pl.col("today")
            ),
        ),
        derive=_prepared,
        derived={BEGINNING: "text"},
        certificate=BEGINNING,
        correctable=(
            "holder_name",
            "holder_sex",
            "holder_birth_date",
            "holder_education",
            "holder_school",
            "holder_major",
        ),
    )
)
