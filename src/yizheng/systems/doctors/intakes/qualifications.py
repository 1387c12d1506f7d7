"""医师资格数据: qualifications given elsewhere or before, loaded and matched, contradictions left to a person.

Only name, sex, birth date, education, school, major, identity number and certificate number may ever be corrected
(卫办医政发〔2010〕1号). A file corrects the first six of a known qualification; a number is corrected person by person, because
its proof names the old and the new one (医师资格信息修改). Level, category, date, issuer and way stay.
"""

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, RowCheck, Severity, declare, in_future
from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import province_names
from yizheng.kernel.identifiers.certificates import FIRST_YEAR, category_segments
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.practitioners.intakes.exam import MAJOR, SCHOOL
from yizheng.systems.practitioners.intakes.holder import PERSON, known_or_new

BEGINNING = "certificate"
"""The column with how a certificate number begins: its first nine digits."""
BEGINNING_LENGTH = 9
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

STUDIES = (Column("education_level", "学历", Kind.CODE, table="education_level", synonyms=("学历代码",)), SCHOOL, MAJOR)


def held(field: str) -> str:
    """What is known of a field of the qualification."""
    return f"(select q.{field} from doctors_qualification q where q.id = m.known)"  # noqa: S608 names of the program


def kept(field: str, said: str) -> str:
    """What a row says of a field of the qualification, or what is known of it when the row says nothing."""
    return f"coalesce({said}, {held(field)}, '')"


def segment_of(category: str) -> str:
    """The two digits by which a category stands in a number."""
    return codes.table("practice_category").require(category).many("certificate_segments")[0]


def read_number(rows: pl.DataFrame) -> pl.DataFrame:
    """The parts of ``qualification_no``; the old form ends in an identity number of fifteen digits."""
    number = pl.col("qualification_no")
    segments = category_segments()
    long = number.str.len_bytes() == 27
    holder = pl.col("id_number")
    old = pl.concat_str([holder.str.slice(0, 6), holder.str.slice(8, 9)])
    return rows.with_columns(
        pl.when(number != "").then(number.str.slice(0, BEGINNING_LENGTH)).alias(BEGINNING),
        number.str.slice(6, 1).alias("number_level"),
        number.str.slice(7, 2)
        .replace_strict(list(segments), list(segments.values()), default="")
        .alias("number_category"),
        number.str.slice(0, 4).alias("number_year"),
        number.str.slice(4, 2).is_in(list(province_names())).alias("number_province_known"),
        pl.when(long)
        .then(number.str.slice(BEGINNING_LENGTH) == holder)
        .otherwise(number.str.slice(BEGINNING_LENGTH) == old)
        .alias("number_is_hers"),
    )


IN_FUTURE = in_future("qualified_in_future", "qualified_on", "签发日期晚于今天")
_GIVEN = pl.col("qualification_no") != ""
_WHOLE = _GIVEN & pl.col("qualification_no").str.contains(r"^(199[89]|20\d{2})\d{2}[12]\d{2}(\d{17}[\dX]|\d{15})$")


def _of_number(code: str, says: str, wrong: pl.Expr, severity: Severity = Severity.ERROR) -> RowCheck:
    """A rule about the certificate number."""
    return RowCheck(f"certificate_{code}", CERTIFICATE.name, f"医师资格证书编码{says}", wrong, severity)


_DIFFERS = Severity.QUARANTINE
NUMBER_CHECKS = (
    _of_number("shape", f"应为27位（早期24位），前4位是{FIRST_YEAR}年以后的年份", _GIVEN & ~_WHOLE),
    _of_number("province", "第5—6位不是省级代码", _WHOLE & ~pl.col("number_province_known")),
    _of_number("holder", "所含身份证号码与本行证件号码不一致", _WHOLE & ~pl.col("number_is_hers"), _DIFFERS),
    _of_number("level", "第7位与级别不一致", _WHOLE & (pl.col("number_level") != pl.col("level")), _DIFFERS),
    _of_number("category", "第8—9位与类别不一致", _WHOLE & (pl.col("number_category") != pl.col("category")), _DIFFERS),
    _of_number(
        "year",
        "第1—4位与签发日期的年份不一致",
        pl.col("number_year") != pl.col("qualified_on").dt.year().cast(pl.String),
    ),
)


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
        checks=(*NUMBER_CHECKS, IN_FUTURE),
        derive=read_number,
        derived={BEGINNING: "text"},
        certificate=BEGINNING,
        correctable=tuple(f"holder_{name}" for name in ("name", "sex", "birth_date", "education", "school", "major")),
    )
)
