"""What a qualification number says, asked of a whole block: its nine first digits, and the identity number behind them."""

from __future__ import annotations

import polars as pl

from yizheng.intake.formats import RowCheck, Severity
from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import province_names
from yizheng.kernel.identifiers.qualification import FIRST_YEAR, category_segments

BEGINNING = "certificate"
BEGINNING_LENGTH = 9
BEIJING = "11"


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


_GIVEN = pl.col("qualification_no") != ""
_WHOLE = _GIVEN & pl.col("qualification_no").str.contains(r"^(199[89]|20\d{2})\d{2}[12]\d{2}(\d{17}[\dX]|\d{15})$")

NUMBER_CHECKS = (
    RowCheck(
        "certificate_shape",
        "qualification_no",
        f"医师资格证书编码应为27位（早期24位），前4位是{FIRST_YEAR}年以后的年份",
        _GIVEN & ~_WHOLE,
    ),
    RowCheck(
        "certificate_province",
        "qualification_no",
        "医师资格证书编码第5—6位不是省级代码",
        _WHOLE & ~pl.col("number_province_known"),
    ),
    RowCheck(
        "certificate_holder",
        "qualification_no",
        "医师资格证书编码所含身份证号码与本行证件号码不一致",
        _WHOLE & ~pl.col("number_is_hers"),
        Severity.QUARANTINE,
    ),
    RowCheck(
        "certificate_level",
        "qualification_no",
        "医师资格证书编码第7位与级别不一致",
        _WHOLE & (pl.col("number_level") != pl.col("level")),
        Severity.QUARANTINE,
    ),
    RowCheck(
        "certificate_category",
        "qualification_no",
        "医师资格证书编码第8—9位与类别不一致",
        _WHOLE & (pl.col("number_category") != pl.col("category")),
        Severity.QUARANTINE,
    ),
)


def segment_of(category: str) -> str:
    """The two digits by which a category stands in a number."""
    return codes.table("practice_category").require(category).many("certificate_segments")[0]
