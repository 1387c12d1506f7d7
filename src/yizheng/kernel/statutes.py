"""Citations of statutes: 《中华人民共和国医师法》第十三条. Titles and dates in force stand in ``data/statutes.csv``.

Articles are cited as the law prints them, in Chinese numerals with paragraph (款) and item (项).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from yizheng.kernel.codes import DATA

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def chinese_numeral(number: int) -> str:
    """A number from 0 to 9999 as articles of law are numbered: 十三, 一百零二, 一千零一十. Raises ``ValueError`` outside."""
    if not 0 <= number <= 9999:
        raise ValueError(f"只能写0到9999之间的数：{number}")
    if number < 10:
        return _DIGITS[number]
    text, pending_zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + _UNITS[power]
        pending_zero = bool(text) and (not digit)
    return text.removeprefix("一") if text.startswith("一十") else text


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, regulation, rule or notice, with the days between which it is in force."""

    key: str
    title: str
    document_number: str
    effective_from: date
    effective_to: date | None
    short_title: str

    def in_force_on(self, day: date) -> bool:
        """Whether the statute is in force on that day."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)

    def __str__(self) -> str:
        return f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a statute, optionally narrowed to a paragraph (款) and an item (项)."""

    statute: Statute
    number: int
    paragraph: int | None = None
    item: int | None = None

    def in_force_on(self, day: date) -> bool:
        """Whether the statute it belongs to is in force on that day."""
        return self.statute.in_force_on(day)

    @property
    def place(self) -> str:
        """The place alone: 第十六条第一款第二项."""
        text = f"第{chinese_numeral(self.number)}条"
        if self.paragraph is not None:
            text += f"第{chinese_numeral(self.paragraph)}款"
        if self.item is not None:
            text += f"第{chinese_numeral(self.item)}项"
        return text

    @property
    def short(self) -> str:
        """With the short title, for narrow columns: 医师法第十六条."""
        return self.statute.short_title + self.place

    def __str__(self) -> str:
        return f"{self.statute}{self.place}"


@cache
def statutes() -> Mapping[str, Statute]:
    """All statutes by key."""
    with (DATA / "statutes.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["key"]: _statute(row) for row in csv.DictReader(file)})


def _statute(row: Mapping[str, str]) -> Statute:
    return Statute(
        key=row["key"],
        title=row["title"],
        document_number=row["document_number"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
        short_title=row["short_title"],
    )


def statute(key: str) -> Statute:
    """The statute of that key. Raises ``LookupError`` when the data file has none."""
    found = statutes().get(key)
    if found is None:
        raise LookupError(f"法规目录中没有“{key}”。")
    return found


@dataclass(frozen=True, slots=True)
class Cited:
    """A statute ready to be cited: ``physicians_law(16, 1, 2)`` is 《中华人民共和国医师法》第十六条第一款第二项."""

    key: str

    def __call__(self, number: int, paragraph: int | None = None, item: int | None = None) -> Article:
        """The article, optionally narrowed to a paragraph and an item."""
        return Article(self.statute, number, paragraph, item)

    @property
    def statute(self) -> Statute:
        """The statute itself."""
        return statute(self.key)


def article(reference: str) -> Article:
    """The article a data file refers to as ``statute_key:article[.paragraph][:item]``, e.g. ``physicians_law:16:2``."""
    key, place, *item = reference.split(":")
    number, _, paragraph = place.partition(".")
    return Article(statute(key), int(number), int(paragraph) if paragraph else None, int(item[0]) if item else None)


physicians_law = Cited("physicians_law")
registration_rules = Cited("registration_rules")
scope_provisions = Cited("scope_provisions")
assessment_rules = Cited("assessment_rules")
licensing_law = Cited("licensing_law")
penalty_law = Cited("penalty_law")
business_regulation = Cited("business_regulation")
tcm_law = Cited("tcm_law")
beijing_tcm_regulation = Cited("beijing_tcm_regulation")
nurse_regulation = Cited("nurse_regulation")
nurse_rules = Cited("nurse_rules")
institution_regulation = Cited("institution_regulation")
institution_rules = Cited("institution_rules")
internet_hospital_rules = Cited("internet_hospital_rules")
technology_rules = Cited("technology_rules")
elderly_inner_notice = Cited("elderly_inner_notice")
hk_macau_rules = Cited("hk_macau_rules")
taiwan_rules = Cited("taiwan_rules")
foreign_doctor_rules = Cited("foreign_doctor_rules")
village_doctor_regulation = Cited("village_doctor_regulation")
organ_regulation = Cited("organ_regulation")
transplant_rules = Cited("transplant_rules")
maternal_law = Cited("maternal_law")
maternal_measures = Cited("maternal_measures")
narcotics_regulation = Cited("narcotics_regulation")
prescription_rules = Cited("prescription_rules")
antibiotic_rules = Cited("antibiotic_rules")
cosmetic_rules = Cited("cosmetic_rules")
radiation_worker_rules = Cited("radiation_worker_rules")
checkup_provisions = Cited("checkup_provisions")
military_order = Cited("military_order")
hk_macau_recognition = Cited("hk_macau_recognition")
taiwan_recognition = Cited("taiwan_recognition")
qualification_data_notice = Cited("qualification_data_notice")
military_exchange_notice = Cited("military_exchange_notice")
basic_health_law = Cited("basic_health_law")
verification_rules = Cited("verification_rules")
clinic_filing_rules = Cited("clinic_filing_rules")
advert_rules = Cited("advert_rules")
internet_diagnosis_rules = Cited("internet_diagnosis_rules")
advertising_law = Cited("advertising_law")
demands_regulation = Cited("demands_regulation")
