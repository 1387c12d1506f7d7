"""The eleven rules a record of 双公示 passes before it is sent (行政许可、行政处罚信用信息公示数据标准).

Each rule answers whether a record breaks it. An empty field breaks only the rule that requires it; amounts have a rule
of their own. ``judge`` asks all of them of the records of one batch, which know of one another for rule 8.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yizheng.exchange.credit.standards import OTHER, Standard, TableName, rules_in_force, standard
from yizheng.kernel.calendar.office_calendar import Calendar
from yizheng.kernel.identifiers.resident import check_character
from yizheng.kernel.identifiers.uscc import is_uscc

PERSON = "自然人"
ORGANISATIONS = frozenset({"法人及非法人组织", "个体工商户"})
RESIDENT_CARD = "身份证"
DAYS_TO_REPORT = 7
"""Working days from the decision to the report (国办发〔2015〕51号)."""
_CODES = ("XDR_SHXYM", "XDR_GSZC", "XDR_ZZJG", "XDR_SWDJ", "XDR_SYDW", "XDR_SHZZ")
_PLACEHOLDERS = frozenset({"无", "/", "-", "NULL", "测试"})
_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}")
_AMOUNT = re.compile(r"[0-9]+(\.[0-9]{1,6})?")
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it would be sent, with what is known beside it."""

    table: Standard
    values: Mapping[str, str]
    today: date
    register_name: str = ""
    """The name under its code in the unified-code register; empty where nobody asked."""
    first_sent: date | None = None

    def __getitem__(self, short: str) -> str:
        return self.values[self.table.named(short)]

    @property
    def category(self) -> str:
        """The kinds of permission or penalty, joined by semicolons."""
        return self.values[self.table.category]

    def day(self, short: str) -> date | None:
        """The day in a field; nothing where it is empty, badly written or no day."""
        return _day(self[short])

    @property
    def key(self) -> tuple[str, str, str]:
        """Who, by which document, from which organ."""
        return self["XDR_MC"], self["WSH"], self.values[self.table.authority]

    def workdays(self, calendar: Calendar) -> int | None:
        """Working days after the decision until it was first sent, or until today."""
        decided = self.day("JDRQ")
        if decided is None or decided > self.today:
            return None
        sent = self.first_sent if self.first_sent and self.first_sent <= self.today else self.today
        return max(0, calendar.working_days_between(decided, sent))


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y/%m/%d").date()  # noqa: DTZ007 — a day has no zone
    except ValueError:
        return None


def incomplete(record: Record) -> bool:
    """Rule 1: a required field is empty."""
    asked: Mapping[str, Callable[[], bool]] = {
        "always": lambda: True,
        "unless_person": lambda: record["XDR_LB"] != PERSON,
        "person": lambda: record["XDR_LB"] == PERSON,
        "withheld": lambda: any(word in record.category for word in ("暂扣", "吊销")),
    }

    def required(when: str) -> bool:
        if when.startswith("with:"):
            return record.values[when.removeprefix("with:")] != ""
        return when in asked and asked[when]()

    return any(record.values[each.name] == "" and required(each.required) for each in record.table.fields)


def badly_written(record: Record) -> bool:
    """Rule 2: a placeholder, blanks around it, a line break or a character that was lost."""
    return any(_badly_written(record.values[each.name]) for each in record.table.fields)


def _badly_written(value: str) -> bool:
    return (
        value.upper() in _PLACEHOLDERS
        or value != value.strip()
        or len(f"{value}.".splitlines()) > 1
        or _UNREADABLE in value
    )


def wrong_code(record: Record) -> bool:
    """Rule 3: a unified code that is none, or an organ whose code does not begin with 1 (GB 32100)."""
    organs = [
        code for name in (f"{record.table.authority}DM", record.table.source_code) if (code := record.values[name])
    ]
    party = record["XDR_SHXYM"]
    return any(not is_uscc(code) for code in (party, *organs) if code) or any(code[0] != "1" for code in organs)


def wrong_party(record: Record) -> bool:
    """Rule 4: a category of party there is not, codes of the other kind, or a resident number that cannot be (GB 11643)."""
    party = record["XDR_LB"]
    if party and party != PERSON and party not in ORGANISATIONS:
        return True
    paper, number = record["XDR_ZJLX"], record["XDR_ZJHM"]
    if party == PERSON and any(record[name] for name in _CODES):
        return True
    if party in ORGANISATIONS and (paper or number):
        return True
    return paper == RESIDENT_CARD and number != "" and not _resident(number)


def _resident(number: str) -> bool:
    return bool(_RESIDENT.fullmatch(number)) and check_character(number[:17]) == number[17]


def wrong_days(record: Record) -> bool:
    """Rule 5: a day that is none, a decision to come, a term that ends before it begins or before the decision."""
    given = [
        record.values[each.name] for each in record.table.fields if each.kind == "day" and record.values[each.name]
    ]
    if any(_day(text) is None for text in given):
        return True
    decided = record.day("JDRQ")
    if decided and decided > record.today:
        return True
    if record.table.prefix == "XK_":
        first, last = record.day("YXQZ"), record.day("YXQZI")
        return bool(first and last and first > last)
    ends = (record.day("YXQ"), record.day("GSJZQ"))
    return any(end < decided for end in ends if end and decided)


def too_long(record: Record) -> bool:
    """Rule 6: more characters than the standard has room for."""
    return any(len(record.values[each.name]) > each.longest for each in record.table.fields if each.longest)


def wrong_category(record: Record) -> bool:
    """Rule 7: a kind of permission or penalty that the standard does not list."""
    if not record.category:
        return False
    return any(not _listed(part, record.table.categories) for part in record.category.split(";"))


def _listed(part: str, categories: frozenset[str]) -> bool:
    if part.startswith(OTHER):
        return part.removeprefix(OTHER).strip() != ""
    return part in categories


def wrong_amount(record: Record) -> bool:
    """Rule 9: an amount that its kind of penalty asks for is missing, or one that is no plain number (行政处罚, 万元)."""
    if record.table.prefix == "XK_":
        return False
    fine, taken = record["NR_FK"], record["NR_WFFF"]
    missing = ("罚款" in record.category and not fine) or ("没收" in record.category and not taken)
    return missing or any(not _AMOUNT.fullmatch(amount) for amount in (fine, taken) if amount)


def other_name(record: Record) -> bool:
    """Rule 10: the register of unified codes knows another name."""
    return bool(record.register_name and record["XDR_MC"]) and record.register_name != record["XDR_MC"]


_RULES: Mapping[int, Callable[[Record], bool]] = {
    1: incomplete, 2: badly_written, 3: wrong_code, 4: wrong_party, 5: wrong_days, 6: too_long, 7: wrong_category,
    9: wrong_amount, 10: other_name,
}  # fmt: skip
TWICE, LATE = 8, 11


@dataclass(frozen=True, slots=True)
class Verdict:
    """The numbers of the rules a record breaks, ascending, and the working days it took."""

    broken: tuple[int, ...]
    workdays: int | None


def judge(records: Iterable[Record], calendar: Calendar) -> Iterator[Verdict]:
    """A verdict on each record; of two about the same decision the later is the fault."""
    seen: set[tuple[str, str, str]] = set()
    for record in records:
        broken = {number for number, breaks in _RULES.items() if breaks(record)}
        if all(record.key):
            if record.key in seen:
                broken.add(TWICE)
            seen.add(record.key)
        workdays = record.workdays(calendar)
        if workdays is not None and workdays > DAYS_TO_REPORT:
            broken.add(LATE)
        yield Verdict(tuple(sorted(broken & rules_in_force(record.today).keys())), workdays)


def record_of(
    table: TableName, values: Mapping[str, str], today: date, register_name: str, first_sent: date | None
) -> Record:
    """A record of a table under the standard of the day."""
    return Record(standard(table, today), values, today, register_name, first_sent)
