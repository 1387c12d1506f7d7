"""What the columns of a file are: an item with its unit, the range printed beside it, or who the row is about.

A source's headings are placed once and kept with the source; a heading it never had is told, not guessed.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from yizheng.kernel.signs import half_width
from yizheng.systems.sequelae.examinations.fields import fields

NAME, SEX, BIRTH, NUMBER, CODE, DAY, TEXT = "name", "sex", "birth", "number", "code", "day", "text"
PEOPLE: Mapping[str, tuple[str, ...]] = {
    NAME: ("姓名", "受检人", "受检者姓名"),
    SEX: ("性别",),
    BIRTH: ("出生日期", "出生年月日", "生日"),
    NUMBER: ("身份证号", "身份证号码", "公民身份号码", "证件号码"),
    CODE: ("登记号", "随访号"),
    DAY: ("体检日期", "检查日期", "日期"),
    TEXT: ("检查所见", "体检所见", "影像所见", "阳性所见", "结论", "小结"),
}
RANGE = re.compile(r"(.+?)(?:参考范围|参考值|参考区间)")
_UNIT = re.compile(r"(.+?)[(（\[]([^()（）\[\]]+)[)）\]]")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "wbc": ("白细胞",), "hgb": ("血红蛋白", "HGB", "Hb"), "plt": ("血小板",), "glu": ("血糖", "葡萄糖", "GLU"), "crea": ("肌酐", "Cr"),
    "ua": ("尿酸", "UA"), "tc": ("胆固醇", "CHOL"), "tg": ("甘油三酯",), "alt": ("谷丙转氨酶", "ALT"), "ast": ("谷草转氨酶", "AST"),
    "fvc": ("FVC",), "fev1": ("FEV1",), "fev1_fvc": ("FEV1/FVC", "一秒率"), "pef": ("PEF",), "tlc": ("TLC",), "rv": ("RV",),
    "frc": ("FRC",), "dlco": ("DLCO",), "va": ("VA",), "kco": ("KCO",), "sbp": ("高压",), "dbp": ("低压",), "bmi": ("BMI",),
    "hct": ("红细胞比容",), "urea": ("尿素氮",),
}  # fmt: skip
Placed = tuple[str, str]
"""The item (or whom the row is about) and the unit."""


@cache
def _known() -> dict[str, str]:
    found = {_plain(title): name for name, titles in PEOPLE.items() for title in titles}
    for field in fields().values():
        for title in (field.title, field.code, *SYNONYMS.get(field.code, ())):
            found.setdefault(_plain(title), field.code)
    return found


def _plain(heading: str) -> str:
    return re.sub(r"[\s*:_]", "", half_width(heading)).lower()


def place(heading: str, kept: Mapping[str, list[str]]) -> Placed | None:
    """What a heading is, as it was kept or by its title; nothing where it is not known."""
    if heading in kept:
        code, unit = kept[heading]
        return code, unit
    if (ranged := RANGE.fullmatch(heading.strip())) is not None:
        of = place(ranged[1], kept)
        return (f"{of[0]}:range", "") if of else None
    whole = _known().get(_plain(heading))
    if whole:
        return whole, ""
    parts = _UNIT.fullmatch(half_width(heading.strip()))
    of_unit = _known().get(_plain(parts[1])) if parts else None
    return (of_unit, parts[2].strip()) if parts and of_unit else None


def unplaced(headings: Iterable[str], kept: Mapping[str, list[str]]) -> list[str]:
    """The headings nobody has placed yet."""
    return [each for each in headings if each and place(each, kept) is None]
