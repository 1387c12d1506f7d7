"""Rules about the time of an infection: origin, device and report belong together (2001 criteria, 48 hours; device definitions)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.systems.infection.records.declaring import Row, day_of
from yizheng.systems.infection.rules.declaring import Finding, Reported, rule
from yizheng.systems.infection.rules.sheets import OF_DEVICE

HOURS_AS_DAYS = 2
"""48 hours, of which days alone are known: a gap of less than two days is certainly shorter."""
REPORTED_WITHIN = 1
OLDEST = 120


@rule("DQ03", "case")
def plausible_time(sheet: Reported) -> Iterator[Finding]:
    """An infection of the hospital begins 48 hours after entry, one of a device 48 hours after it was put in and at most 48 after."""
    for number, row in enumerate(sheet.rows):
        if row.get("origin") == "HAI" and not _of_birth_or_surgery(row) and _within(row, "admitted", "onset"):
            yield _asked(number, "onset", "入院不满 48 小时发病，来源报为医院感染")
        if str(row.get("site")) not in OF_DEVICE:
            continue
        if _within(row, "device_from", "onset"):
            yield _asked(number, "device_from", "置入不满 48 小时发病，报为器械相关")
        removed, onset = day_of(row.get("device_to")), day_of(row.get("onset"))
        if removed and onset and (onset - removed).days > HOURS_AS_DAYS:
            yield _asked(number, "device_to", f"拔除 {(onset - removed).days} 天以后发病，报为器械相关")


@rule("DQ03", "case", "stay")
def plausible_age(sheet: Reported) -> Iterator[Finding]:
    """Nobody is older than 120 years."""
    for number, row in enumerate(sheet.rows):
        born, entered = day_of(row.get("born")), day_of(row.get("admitted"))
        if born and entered and entered.year - born.year > OLDEST:
            yield Finding(
                "DQ03", f"第 {number + 1} 行入院时 {entered.year - born.year} 岁，请核对出生日期", number, "born"
            )


@rule("DQ07", "case")
def device_of_site(sheet: Reported) -> Iterator[Finding]:
    """An infection of a device names the device."""
    for number, row in enumerate(sheet.rows):
        device = OF_DEVICE.get(str(row.get("site")))
        if device and row.get("device") is not None and row.get("device") != device[0].upper():
            words = f"第 {number + 1} 行感染部位是{device[1]}相关，器械相关不是{device[1]}"
            yield Finding("DQ07", words, number, "device")


@rule("DQ35", "case")
def reported_within_a_day(sheet: Reported) -> Iterator[Finding]:
    """A case is reported within 24 hours of its diagnosis; the next day may still be within them."""
    for number, row in enumerate(sheet.rows):
        diagnosed, reported = day_of(row.get("diagnosed")), day_of(row.get("reported"))
        if diagnosed and reported and (reported - diagnosed).days > REPORTED_WITHIN:
            words = f"第 {number + 1} 行诊断后 {(reported - diagnosed).days} 天才报告，应在 24 小时内"
            yield Finding("DQ35", words, number, "reported", mild=True)


def _asked(number: int, field: str, words: str) -> Finding:
    return Finding("DQ03", f"第 {number + 1} 行{words}，请写明依据", number, field, mild=True)


def _within(row: Row, first: str, then: str) -> bool:
    early, late = day_of(row.get(first)), day_of(row.get(then))
    return early is not None and late is not None and date.min < early <= late and (late - early).days < HOURS_AS_DAYS


def _of_birth_or_surgery(row: Row) -> bool:
    """Infections the hospital's own without regard to 48 hours: of the newborn by birth, of an operation of an earlier stay."""
    born, entered = day_of(row.get("born")), day_of(row.get("admitted"))
    newborn = born is not None and entered is not None and 0 <= (entered - born).days <= HOURS_AS_DAYS
    return newborn or str(row.get("site") or "").startswith("G")
