"""Rules about single rows: what is missing, what is no code, days that do not follow one another (DQ01 to DQ06, DQ17 to DQ31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from yizheng.systems.infection.lists import group
from yizheng.systems.infection.records.declaring import Field, Holds, Row, day_of, month_after
from yizheng.systems.infection.rules.declaring import Finding, Reported, rule

REPEAT_DAYS = 14
NEWBORN_DAYS = 28
LIGHTEST, HEAVIEST, KILOGRAMS = 200, 7000, 10
LONGEST_OPERATION = 1440
FOLLOW_UP, FOLLOW_UP_IMPLANT = 30, 365
SURGICAL = "G"
NEVER_CLEAN = frozenset({"COLO", "REC", "APPY", "SB", "BILI"})
"""Operations on organs that are never free of germs."""
MARKED = {
    "MRSA": ("BAC-GP-001",),
    "VRE": ("BAC-GP-010", "BAC-GP-011"),
    "CRAB": ("BAC-GN-021",),
    "CRPA": ("BAC-GN-020",),
    "CTXR": ("BAC-GN-001", "BAC-GN-002"),
}
"""The organisms a marker of resistance belongs to."""
ENTERIC = frozenset({"CRE", "ESBL"})
"""The markers of the whole order Enterobacterales."""
AUREUS, GROUP_A = "BAC-GP-001", "BAC-GP-021"
_CARBAPENEMS = frozenset({"J01DH02", "J01DH03", "J01DH51"})
_CEPHALOSPORINS = frozenset({"J01DB04", "J01DC01", "J01DC02", "J01DD01", "J01DD02", "J01DD04", "J01DE01"})
_AMPICILLIN, _POLYMYXINS = frozenset({"J01CA01"}), frozenset({"J01XB01", "J01XB02"})
BY_NATURE = {
    "BAC-GN-022": _CARBAPENEMS, "BAC-GN-002": _AMPICILLIN, "BAC-GN-003": _AMPICILLIN, "BAC-GN-007": _POLYMYXINS,
    "BAC-GN-008": _POLYMYXINS, "BAC-GN-009": _POLYMYXINS, "BAC-GP-010": _CEPHALOSPORINS, "BAC-GP-011": _CEPHALOSPORINS,
}  # fmt: skip
"""The drugs a species is resistant to by nature."""
RARE = frozenset({(AUREUS, "J01XA01"), (AUREUS, "J01XX08"), (GROUP_A, "J01CE01")})
"""Resistance that is confirmed before it is believed: of Staphylococcus aureus to vancomycin and linezolid, of group A to penicillin."""
POSITIVE_SOURCES = frozenset({"HBV", "HCV", "HIV", "MULTI"})
NOT_FOUND = "UNK-000"


@rule("DQ01")
def filled_in(sheet: Reported) -> Iterator[Finding]:
    """A required field is filled in; a line of a log that is wholly empty is a missing day and no matter of this rule."""
    fixed = sheet.record.fixed()
    typed = [each for each in sheet.record.fields if each.name not in fixed]
    asked = [each for each in typed if not each.optional]
    daily = sheet.record.day and not sheet.record.events
    for number, row in enumerate(sheet.rows):
        if daily and all(row.get(each.name) is None for each in typed):
            continue
        for each in asked:
            if row.get(each.name) is None and each.needed(row):
                yield Finding("DQ01", f"{_where(sheet, number)}{each.label}没有填", number, each.name)


@rule("DQ02")
def known_code(sheet: Reported) -> Iterator[Finding]:
    """A code is in its table, a number is a number within its bounds."""
    for each in sheet.record.fields:
        said = {row.get(each.name) for row in sheet.rows} - {None}
        unfit = {value: wrong for value in said if (wrong := _unfit(each, value, sheet))}
        for number, row in enumerate(sheet.rows if unfit else ()):
            if wrong := unfit.get(row.get(each.name), ""):
                words = f"{_where(sheet, number)}{each.label}“{row[each.name]}”{wrong}"
                yield Finding("DQ02", words, number, each.name)


def _unfit(field: Field, value: Any, sheet: Reported) -> str:
    if field.holds is Holds.UNIT:
        return "" if value in sheet.known.units else "不是本院登记的科室"
    if field.choices:
        return "" if str(value) in field.choices else "不在代码表中"
    if field.holds is Holds.DAY:
        return "" if day_of(value) else "不是日期"
    if field.holds in (Holds.COUNT, Holds.NUMBER):
        return _out_of_bounds(field, value)
    return f"超过 {field.most:.0f} 个字" if field.most is not None and len(str(value)) > field.most else ""


def _out_of_bounds(field: Field, value: Any) -> str:
    low, high = field.least, field.most
    if isinstance(value, str):
        number = re.fullmatch(r"[-+]?\d+" if field.holds is Holds.COUNT else r"[-+]?\d+(\.\d+)?", value)
        if number and low is not None and high is not None:
            return f"不在 {low:.0f} 至 {high:.0f} 之间"
        return "太大" if number else "不是整数" if field.holds is Holds.COUNT else "不是数"
    if (low is not None and value < low) or (high is not None and value > high):
        return f"不在 {low:.0f} 至 {high:.0f} 之间"
    return ""


FOLLOWING = (
    ("born", "admitted"), ("admitted", "onset"), ("device_from", "device_to"), ("admitted", "device_from"),
    ("device_from", "onset"), ("admitted", "sampled"), ("diagnosed", "reported"), ("onset", "diagnosed"),
    ("happened", "reported"), ("day", "ssi_day"),
    ("admitted", "discharged"), ("day", "followed"),
)  # fmt: skip
"""Days that do not come before one another."""


@rule("DQ03", "case", "operation", "exposure", "stay")
def in_order(sheet: Reported) -> Iterator[Finding]:
    """Days follow one another; both on the same day is in order."""
    names = {each.name: each.label for each in sheet.record.fields}
    for number, row in enumerate(sheet.rows):
        for first, then in FOLLOWING:
            early, late = day_of(row.get(first)), day_of(row.get(then))
            if early and late and late < early:
                words = f"{_where(sheet, number)}{names[then]}早于{names[first]}"
                yield Finding("DQ03", words, number, then)


@rule("DQ04")
def not_in_the_future(sheet: Reported) -> Iterator[Finding]:
    """What happened lies in the past; what is planned may lie ahead, and a log has no figures of a day to come."""
    days = [each for each in sheet.record.fields if each.holds is Holds.DAY and each.name != "planned"]
    for number, row in enumerate(sheet.rows):
        for each in days:
            said = day_of(row.get(each.name))
            if said and said > sheet.today and _said_something(sheet, row):
                yield Finding("DQ04", f"{_where(sheet, number)}{each.label}在将来", number, each.name)


@rule("DQ05")
def of_the_month(sheet: Reported) -> Iterator[Finding]:
    """What a sheet holds happened in its month."""
    if not sheet.record.day:
        return
    ends = month_after(sheet.period)
    for number, row in enumerate(sheet.rows):
        said = day_of(row.get(sheet.record.day))
        if said and not sheet.period <= said < ends:
            label = sheet.record.field(sheet.record.day).label
            yield Finding(
                "DQ05", f"{_where(sheet, number)}{label}不在{sheet.period:%Y年%-m月}", number, sheet.record.day
            )


@rule("DQ06", "operation", "exposure", "icu_severity", "stay")
def numbered_once(sheet: Reported) -> Iterator[Finding]:
    """A number stands once."""
    seen: dict[Any, int] = {}
    for number, row in enumerate(sheet.rows):
        key = row.get(sheet.record.key)
        first = seen.setdefault(key, number) if key else number
        if first != number:
            yield Finding("DQ06", f"{_where(sheet, number)}与第 {first + 1} 行相同", number, sheet.record.key)


@rule("DQ06", "case")
def not_twice(sheet: Reported) -> Iterator[Finding]:
    """The same infection stands once; another of the site within the window of repetition, in the months beside too, is explained."""
    beside = [(row, "相邻月份") for row in sheet.known.around]
    seen: dict[Any, list[tuple[date, str]]] = {}
    for row, words in beside:
        _noted(seen, row, words)
    for number, row in enumerate(sheet.rows):
        onset = day_of(row.get("onset"))
        for then, words in seen.get((row.get("inpatient_number"), row.get("site")), []) if onset else ():
            if onset == then:
                yield Finding("DQ06", f"{_where(sheet, number)}与{words}是同一患者同一部位同一天", number, "onset")
                break
            if onset and abs((onset - then).days) < REPEAT_DAYS:
                told = f"{_where(sheet, number)}与{words}是同一患者同一部位，相隔不满 {REPEAT_DAYS} 天，请写明是不是新的感染"
                yield Finding("DQ06", told, number, "onset", mild=True)
                break
        _noted(seen, row, f"第 {number + 1} 行")


def _noted(seen: dict[Any, list[tuple[date, str]]], row: Row, words: str) -> None:
    key, onset = (row.get("inpatient_number"), row.get("site")), day_of(row.get("onset"))
    if onset and None not in key:
        seen.setdefault(key, []).append((onset, words))


@rule("DQ06", "isolate")
def not_tested_twice(sheet: Reported) -> Iterator[Finding]:
    """A drug is tested once on an organism of a specimen."""
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(sheet.rows):
        key = (row.get("number"), row.get("pathogen"), row.get("drug"))
        first = seen.setdefault(key, number)
        if first != number:
            words = f"{_where(sheet, number)}与第 {first + 1} 行是同一标本、病原体和药物"
            yield Finding("DQ06", words, number, "drug")


@rule("DQ17", "case")
def plausible_weight(sheet: Reported) -> Iterator[Finding]:
    """A birth weight is in grams; below 10 it was meant in kilograms."""
    for number, row in enumerate(sheet.rows):
        weight = row.get("birth_weight")
        if isinstance(weight, int | float) and not LIGHTEST <= weight <= HEAVIEST:
            meant = f"，是不是 {weight * 1000:.0f} 克" if weight < KILOGRAMS else ""
            words = f"{_where(sheet, number)}出生体重 {weight:g} 克不在 {LIGHTEST} 至 {HEAVIEST} 克之间{meant}"
            yield Finding("DQ17", words, number, "birth_weight")


@rule("DQ18", "case")
def newborn_by_age(sheet: Reported) -> Iterator[Finding]:
    """Who is reported from a ward of newborns was at most 28 days old at entry."""
    for number, row in enumerate(sheet.rows):
        born, entered = day_of(row.get("born")), day_of(row.get("admitted"))
        newborn = sheet.known.units.get(str(row.get("ward"))) == "newborn"
        if newborn and born and entered and (entered - born).days > NEWBORN_DAYS:
            words = f"{_where(sheet, number)}入院时已 {(entered - born).days} 天，不属新生儿监测"
            yield Finding("DQ18", words, number, "born")


@rule("DQ19", "operation")
def risk_index_known(sheet: Reported) -> Iterator[Finding]:
    """State, wound and duration are all there, or the risk index is unknown; it is never taken as 0."""
    for number, row in enumerate(sheet.rows):
        lacking = [sheet.record.field(name).label for name in ("asa", "wound", "minutes") if row.get(name) is None]
        if lacking:
            words = f"{_where(sheet, number)}缺{'、'.join(lacking)}，危险指数不可计算"
            yield Finding("DQ19", words, number, "asa")


@rule("DQ20", "operation")
def plausible_duration(sheet: Reported) -> Iterator[Finding]:
    """An operation takes more than nothing and at most a day."""
    for number, row in enumerate(sheet.rows):
        minutes = row.get("minutes")
        if isinstance(minutes, int | float) and not 0 < minutes <= LONGEST_OPERATION:
            words = f"{_where(sheet, number)}手术时长 {minutes:g} 分钟，应当大于 0、至多 {LONGEST_OPERATION}"
            yield Finding("DQ20", words, number, "minutes")


@rule("DQ21", "operation")
def cleanable(sheet: Reported) -> Iterator[Finding]:
    """A wound on an organ full of germs is not clean."""
    for number, row in enumerate(sheet.rows):
        if row.get("wound") == "I" and row.get("category") in NEVER_CLEAN:
            words = f"{_where(sheet, number)}{sheet.record.field('category').said(row['category'])}通常不是Ⅰ类切口"
            yield Finding("DQ21", words, number, "wound")


@rule("DQ22", "operation")
def within_follow_up(sheet: Reported) -> Iterator[Finding]:
    """An infection of the site begins within the follow-up, whose last day counts; an implant lengthens it."""
    for number, row in enumerate(sheet.rows):
        began, operated = day_of(row.get("ssi_day")), day_of(row.get("day"))
        limit = FOLLOW_UP_IMPLANT if row.get("implant") == "1" and row.get("ssi") in ("2", "3") else FOLLOW_UP
        if began and row.get("ssi") == "0":
            yield Finding("DQ22", f"{_where(sheet, number)}没有手术部位感染，却填了感染日期", number, "ssi_day")
        elif began and operated and began > operated + timedelta(days=limit):
            words = f"{_where(sheet, number)}感染日期在术后 {(began - operated).days} 天，随访期为 {limit} 天"
            yield Finding("DQ22", words, number, "ssi_day")


@rule("DQ25", "case")
def marker_fits(sheet: Reported) -> Iterator[Finding]:
    """A marker of resistance belongs to its species."""
    for number, row in enumerate(sheet.rows):
        marker, organism = str(row.get("mdro") or ""), str(row.get("pathogen") or "")
        enteric = marker in ENTERIC and "Enterobacterales" not in group("pathogen", organism)
        if (
            marker
            and (enteric or (marker in MARKED and organism not in MARKED[marker]))
            and not _rare(marker, organism)
        ):
            words = f"{_where(sheet, number)}{marker} 不是“{sheet.record.field('pathogen').said(organism)}”的耐药标记"
            yield Finding("DQ25", words, number, "mdro")


@rule("DQ26", "case")
def rare_resistance(sheet: Reported) -> Iterator[Finding]:
    """Resistance that is hardly ever seen is confirmed before it is believed."""
    for number, row in enumerate(sheet.rows):
        marker, organism = str(row.get("mdro") or ""), str(row.get("pathogen") or "")
        if _rare(marker, organism):
            yield Finding("DQ26", f"{_where(sheet, number)}罕见的耐药表型，请写明复核结果", number, "mdro")


def _rare(marker: str, organism: str) -> bool:
    return (organism == AUREUS and marker == "VRE") or (organism == GROUP_A and bool(marker))


@rule("DQ25", "isolate")
def resistant_by_nature(sheet: Reported) -> Iterator[Finding]:
    """What a species is never susceptible to was not found susceptible."""
    for number, row in enumerate(sheet.rows):
        organism, drug = str(row.get("pathogen") or ""), str(row.get("drug") or "")
        if row.get("sir") == "S" and drug in BY_NATURE.get(organism, ()):
            words = (
                f"{_where(sheet, number)}{_said(sheet, row, 'pathogen')}对{_said(sheet, row, 'drug')}天然耐药，报为敏感"
            )
            yield Finding("DQ25", words, number, "sir")


@rule("DQ26", "isolate")
def rare_result(sheet: Reported) -> Iterator[Finding]:
    """A result that is hardly ever seen is confirmed before it is believed."""
    for number, row in enumerate(sheet.rows):
        if row.get("sir") == "R" and (row.get("pathogen"), row.get("drug")) in RARE:
            words = f"{_where(sheet, number)}{_said(sheet, row, 'pathogen')}对{_said(sheet, row, 'drug')}耐药罕见，请写明复核结果"
            yield Finding("DQ26", words, number, "sir")


def _said(sheet: Reported, row: Row, name: str) -> str:
    return sheet.record.field(name).said(row.get(name))


@rule("DQ27", "case")
def specimen_behind(sheet: Reported) -> Iterator[Finding]:
    """An organism was found in a specimen of a day."""
    for number, row in enumerate(sheet.rows):
        if row.get("pathogen") in (None, NOT_FOUND):
            continue
        for name in ("specimen", "sampled"):
            if row.get(name) is None:
                label = sheet.record.field(name).label
                yield Finding("DQ27", f"{_where(sheet, number)}有病原体，没有{label}", number, name)


@rule("DQ29", "case")
def operated_before(sheet: Reported) -> Iterator[Finding]:
    """A site of surgery is infected only in who was operated upon; asked where the month's operations are reported."""
    operations = sheet.known.beside.get("operation")
    if operations is None:
        return
    operations = [*operations, *sheet.known.beside.get("operation_before", ())]
    operated = {row.get("inpatient_number") for row in operations}
    for number, row in enumerate(sheet.rows):
        if str(row.get("site") or "").startswith(SURGICAL) and row.get("inpatient_number") not in operated:
            words = f"{_where(sheet, number)}手术监测（近十二个月）中没有这名患者的手术；在外院手术的请写明"
            yield Finding("DQ29", words, number, "site", mild=True)


@rule("DQ30", "exposure")
def exposure_described(sheet: Reported) -> Iterator[Finding]:
    """An exposure has a job, a kind and a time."""
    for number, row in enumerate(sheet.rows):
        if any(row.get(name) is None for name in ("job", "kind", "happened")):
            yield Finding("DQ30", f"{_where(sheet, number)}工种、暴露方式和暴露日期缺一不可", number, "kind")


@rule("DQ31", "exposure")
def followed_after_positive(sheet: Reported) -> Iterator[Finding]:
    """Who was exposed to a positive source is followed up."""
    for number, row in enumerate(sheet.rows):
        if row.get("virus") in POSITIVE_SOURCES and row.get("planned") is None:
            yield Finding("DQ31", f"{_where(sheet, number)}暴露源阳性，没有随访计划", number, "planned")


def _where(sheet: Reported, number: int) -> str:
    """How a sentence names the row."""
    row: Row = sheet.rows[number]
    said = day_of(row.get(sheet.record.day)) if sheet.record.fixed() else None
    if said:
        key = f"{sheet.record.field(sheet.record.key).said(row.get(sheet.record.key))} " if sheet.record.key else ""
        return f"{said.day} 日{key}"
    return "" if len(sheet.rows) == 1 and not sheet.record.events else f"第 {number + 1} 行"


def _said_something(sheet: Reported, row: Row) -> bool:
    return any(row.get(each.name) is not None for each in sheet.record.fields if each.name not in sheet.record.fixed())
