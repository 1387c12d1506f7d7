"""Columns and rules that the results of every examination have."""

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import TODAY, RowCheck, Severity

REGION = Column("exam_region", "考区代码", Kind.DIGITS, required=True, longest=2, synonyms=("考区",), note="11 为北京")
SCHOOL = Column("school", "毕业学校", synonyms=("毕业院校", "学校名称"))
MAJOR = Column("major", "所学专业", synonyms=("专业", "毕业专业"))
PASSED = Column("passed", "是否合格", Kind.YES_NO, required=True, synonyms=("合格", "考试结果"))
YEAR_IN_FUTURE = RowCheck(
    "year_in_future", "exam_year", "考试年度晚于本年", pl.col("exam_year") > pl.col(TODAY).dt.year()
)


def exam_year(first: int) -> Column:
    """The year, from the first in which the examination was held."""
    synonyms = ("年度", "考试年份")
    return Column("exam_year", "考试年度", Kind.WHOLE, required=True, low=first, high=2099, synonyms=synonyms)


def doubt(code: str, column: str, message: str, wrong: pl.Expr) -> RowCheck:
    """A rule whose breach a person must look at before the row is taken in."""
    return RowCheck(code, column, message, wrong, Severity.QUARANTINE)
