"""Columns of a format: what stands in them, how they may be headed, and how text becomes a value, a block at a time.

Reading follows how people write: full-width digits, days as 2024.3.1 or as the number of a spreadsheet, codes by
their code or their name, numbers with blanks. What cannot be read is named; nothing is guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import polars as pl

from yizheng.intake.files.plain_text import plain_cells
from yizheng.intake.files.tables import EPOCH, is_long_number
from yizheng.kernel import codes
from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.identifiers import normalise_number
from yizheng.kernel.names import tidy_name
from yizheng.kernel.signs import FULL_WIDTH

YEARS = (1900, 2199)
"""Years of days that a file may tell: another is a slip of the pen or a placeholder."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NAME = "name"
    DIGITS = "digits"
    NUMBER = "number"
    WHOLE = "whole"
    DAY = "day"
    CODE = "code"
    YES_NO = "yes_no"
    IDENTIFIER = "identifier"
    """A number of a person: it is checked, matched through its blind index, and never staged in the clear."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``name`` in the program, ``heading`` on paper; ``low`` and ``high`` bound numbers, whole or not."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    synonyms: tuple[str, ...] = ()
    table: str = ""
    longest: int = 100
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    note: str = ""

    @property
    def staged(self) -> bool:
        """Whether its value stands in the staging table."""
        return self.kind is not Kind.IDENTIFIER


_FULL_WIDTH = [chr(code) for code in FULL_WIDTH] + ["\u3000"]
_HALF_WIDTH = [chr(code) for code in FULL_WIDTH.values()] + [" "]
_UNUSUAL = r"[^\x{4e00}-\x{9fff}]"
_LOST = r"[?？\x{fffd}\x{25a1}\x{e000}-\x{f8ff}\x{f0000}-\x{10ffff}]"
_FORMULA = r"^\s*[=+\-@＝＋－＠]"
_YES = {"是", "合格", "通过", "1", "true", "y", "yes", "t", "√"}
_NO = {"否", "不合格", "未通过", "0", "false", "n", "no", "f", "×"}
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_LIKE_A_YEAR = ("19", "20")
_MOST_NAMES = 20
"""Unknown names of a code that are answered one by one; what is told of the rest is the same for all."""


Fault = tuple[str, pl.Series, str]
"""Cells of one column that could not be read: by what code, which rows of the block, and the words."""
_Read = tuple[pl.Series, list[Fault]]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column in one block: their tidied text, which were numbers, and from when the file counts days."""

    text: pl.Series
    numbers: pl.Series | None = None
    epoch: date = EPOCH


def tidied(column: Column, cells: pl.Series, changes: Counter[str]) -> pl.Series:
    """The text of the cells as people meant it, half-width where letters and digits are meant; ``changes`` are counted."""
    cells = plain_cells(cells, changes)
    if column.kind in (Kind.TEXT, Kind.NAME):
        return cells
    if int(cells.str.len_bytes().sum() or 0) != int(cells.str.len_chars().sum() or 0):
        cells = cells.str.replace_many(_FULL_WIDTH, _HALF_WIDTH).str.strip_chars()
    return cells


def read(column: Column, cells: Cells) -> tuple[pl.Series, list[Fault]]:
    """The values of tidied cells (null where empty or misread), and what was misread."""
    value, faults = NATURES[column.kind].read(column, cells.text, cells.epoch)
    faults = [*faults, *_kept_as_numbers(column, cells)]
    if column.required:
        faults.append(("required", cells.text == "", f"“{column.heading}”必填"))
    return value.alias(column.name), [fault for fault in faults if fault[1].any()]


def _kept_as_numbers(column: Column, cells: Cells) -> Iterator[Fault]:
    """Numbers of persons kept as numbers have lost digits, whether or not the check digit still fits."""
    if cells.numbers is None or column.kind in (Kind.NUMBER, Kind.WHOLE, Kind.DAY):
        return
    lost = is_long_number(cells.text, cells.numbers)
    if column.kind is Kind.IDENTIFIER:
        lost = cells.numbers.fill_null(value=False) & (cells.text != "")
    words = f"“{column.heading}”被表格软件存为数字，末几位或开头的零已丢失，请把该列设为文本后重新填写"
    yield "number_cell", lost, words


def _text(column: Column, cells: pl.Series, _: date = EPOCH) -> _Read:
    long = cells.str.len_chars() > column.longest
    value = pl.select(pl.when(cells != "").then(cells)).to_series()
    return value, [("too_long", long, f"“{column.heading}”超过{column.longest}字")]


def _name(column: Column, cells: pl.Series, _: date) -> _Read:
    lost = cells.str.contains(_LOST)
    unusual = cells.str.contains(_UNUSUAL) & ~lost
    if unusual.any():
        cells = _mapped(cells, unusual, tidy_name)
    value, faults = _text(column, cells)
    words = f"“{column.heading}”中有问号、乱码或自造字，生僻字已丢失，请以 UTF-8 或 GB18030 重新导出"
    formula = cells.str.contains(_FORMULA)
    refused = f"“{column.heading}”不能以 =、+、-、@ 开头"
    return value, [*faults, ("lost_character", lost, words), ("formula_like", formula, refused)]


def _digits(column: Column, cells: pl.Series, _: date) -> _Read:
    cells = cells.str.replace(r"\.0+$", "")
    other = ~cells.str.contains(r"^[0-9]*$")
    long = cells.str.len_bytes() > column.longest
    return _nulled(cells, other), [
        ("not_digits", other, f"“{column.heading}”应全部为数字"),
        ("too_long", long & ~other, f"“{column.heading}”超过{column.longest}位"),
    ]


def _number(column: Column, cells: pl.Series, _: date) -> _Read:
    value = cells.cast(pl.Float64, strict=False)
    wrong = (cells != "") & (value.is_null() | ~value.is_finite())
    fine = value.round(column.decimals)
    too_fine = ((value - fine).abs() > 1e-9).fill_null(value=False)
    return fine, [
        ("not_a_number", wrong, f"“{column.heading}”应为数字"),
        ("too_precise", too_fine, f"“{column.heading}”至多{column.decimals}位小数"),
        *_bounds(column, fine),
    ]


def _whole(column: Column, cells: pl.Series, _: date) -> _Read:
    value = cells.str.replace(r"\.0+$", "").cast(pl.Int32, strict=False)
    wrong = (cells != "") & value.is_null()
    return value, [("not_a_number", wrong, f"“{column.heading}”应为整数"), *_bounds(column, value)]


def _bounds(column: Column, value: pl.Series) -> Iterator[Fault]:
    low, high = column.low, column.high
    if low is not None and high is not None:
        outside = ((value < low) | (value > high)).fill_null(value=False)
        yield "out_of_range", outside, f"“{column.heading}”应在{low:g}与{high:g}之间"


def _day(column: Column, cells: pl.Series, epoch: date) -> _Read:
    value = cells.str.to_date("%Y-%m-%d", strict=False)
    other = (cells != "") & (value.is_null() | (cells.str.len_bytes() != 10))
    if other.any():
        known = {text: read_day(text, epoch) for text in cells.filter(other).unique().to_list()}
        value = pl.select(pl.when(other).then(looked_up(cells, known, pl.Date)).otherwise(value)).to_series()
    wrong = (cells != "") & (value.is_null() | ~value.dt.year().is_between(*YEARS).fill_null(True))
    return value, [("not_a_day", wrong, f"“{column.heading}”不是完整、真实的日期（年月日），请写作 2024-03-01")]


def read_day(text: str, epoch: date = EPOCH) -> date | None:
    """A day as people write it, or the number under which a spreadsheet keeps it; one that looks like a month is neither."""
    serial = _SERIAL.fullmatch(text)
    if serial is None:
        return parse_date(text)
    return None if text.startswith(_LIKE_A_YEAR) else epoch + timedelta(days=int(serial[1]))


def _code(column: Column, cells: pl.Series, _: date) -> _Read:
    table = codes.table(column.table)
    known: dict[str, str | None] = {}
    for text in cells.unique().to_list():
        found = table.get(text) or table.find_by_name(text) or _padded(table, text) or _shortened(table, text)
        known[text] = found.code if found else None
    value = looked_up(cells, known, pl.String)
    wrong = (cells != "") & value.is_null()
    return value, list(_unknown_codes(column, cells, wrong)) if wrong.any() else []


def _unknown_codes(column: Column, cells: pl.Series, wrong: pl.Series) -> Iterator[Fault]:
    """Each unknown name is answered with the names of the table it may mean."""
    table = codes.table(column.table)
    told = f"“{column.heading}”不在“{table.title}”代码表中"
    names = cells.filter(wrong).unique(maintain_order=True).to_list()
    for name in names[:_MOST_NAMES]:
        near = "、".join(f"“{one}”" for one in table.nearest_names(name))
        hint = f"，表中相近的名称：{near}" if near else ""
        yield "unknown_code", wrong & (cells == name), f"{told}{hint}；请按模板的代码页填写"
    rest = wrong & cells.is_in(names[_MOST_NAMES:])
    yield "unknown_code", rest, f"{told}；请按模板的代码页填写"


def _padded(table: codes.CodeTable, text: str) -> codes.Code | None:
    """A code that lost its leading noughts, or gained a decimal point, in a spreadsheet."""
    digits = text.removesuffix(".0")
    longest = max((len(code) for code in table), default=0)
    return table.get(digits.zfill(longest)) if digits.isdigit() and digits.isascii() else None


def _shortened(table: codes.CodeTable, text: str) -> codes.Code | None:
    """A name without its last character, as people write it: 男 for 男性, 汉 for 汉族."""
    found = [code for code in table.items() if text and code.name[:-1] == text]
    return found[0] if len(found) == 1 else None


def _yes_no(column: Column, cells: pl.Series, _: date) -> _Read:
    known = {
        text: True if text.lower() in _YES else False if text.lower() in _NO else None
        for text in cells.unique().to_list()
    }
    value = looked_up(cells, known, pl.Boolean)
    wrong = (cells != "") & value.is_null()
    return value, [("not_yes_or_no", wrong, f"“{column.heading}”应为“是”或“否”")]


def _identifier(column: Column, cells: pl.Series, _: date) -> _Read:
    """The canonical text: upper case, without blanks and hyphens. What it is worth is asked by the check of persons."""
    plain = cells.str.to_uppercase()
    unusual = ~plain.str.contains(r"^[0-9A-Z]*$")
    if unusual.any():
        plain = _mapped(plain, unusual, normalise_number)
    return plain, []


def looked_up(cells: pl.Series, known: Mapping[str, Any], kind: type[pl.DataType]) -> pl.Series:
    """What is known of each text; null where nothing is."""
    return cells.replace_strict(list(known), list(known.values()), default=None, return_dtype=kind)


def _mapped(cells: pl.Series, where: pl.Series, change: Callable[[str], str]) -> pl.Series:
    known = {text: change(text) for text in cells.filter(where).unique().to_list()}
    return cells.replace(list(known), list(known.values()))


def _nulled(cells: pl.Series, bad: pl.Series) -> pl.Series:
    return pl.select(pl.when(~bad & (cells != "")).then(cells)).to_series()


class Nature(NamedTuple):
    """What a kind of column holds in words, its type in the staging table, and how its cells are read."""

    words: str
    sql: str
    read: Callable[[Column, pl.Series, date], _Read]


NATURES: Mapping[Kind, Nature] = {
    Kind.TEXT: Nature("文字", "text", _text),
    Kind.NAME: Nature("姓名", "text", _name),
    Kind.DIGITS: Nature("数字串", "text", _digits),
    Kind.NUMBER: Nature("数值", "numeric", _number),
    Kind.WHOLE: Nature("整数", "integer", _whole),
    Kind.DAY: Nature("日期", "date", _day),
    Kind.CODE: Nature("代码或名称", "text", _code),
    Kind.YES_NO: Nature("是或否", "boolean", _yes_no),
    Kind.IDENTIFIER: Nature("证件或证书号码", "", _identifier),
}
