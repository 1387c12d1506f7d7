"""Rules about whole sheets: logs that balance, denominators beside numerators, sums of parts, months beside months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median

from yizheng.kernel.lazily import lazily
from yizheng.systems.infection.records.declaring import Row, day_of, days_of, whole
from yizheng.systems.infection.rules.declaring import Finding, Reported, rule

stats = lazily("scipy.stats")

DEVICES = (("cvc", "中央导管"), ("uc", "导尿管"), ("vent", "呼吸机"))
OF_DEVICE = {"C01L": ("cvc", "中央导管"), "F01C": ("uc", "导尿管"), "A02V": ("vent", "呼吸机")}
ROBUST, SPREAD = 3.5, 1.4826
ENOUGH_MONTHS, SELDOM = 12, 0.05
USUAL_CASES = 3
LEAST_SURVEYED = 96


@rule("DQ07", "case")
def denominator_beside(sheet: Reported) -> Iterator[Finding]:
    """A device infection needs device days of its ward in the same month, where the ward reported them."""
    for unit, days in _device_days(sheet).items():
        for number, row in enumerate(sheet.rows):
            device = OF_DEVICE.get(str(row.get("site")))
            if device and row.get("ward") == unit and days[device[0]] == 0:
                words = f"第 {number + 1} 行是{device[1]}相关感染，该科本月{device[1]}日数为 0"
                yield Finding("DQ07", words, number, "site")


def _device_days(sheet: Reported) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in sheet.known.beside.get("month", ()):
        counts = {code: whole(row.get(f"{code}_days")) for code, _ in DEVICES}
        if None not in counts.values():
            found[str(row.get("unit"))] = {code: count or 0 for code, count in counts.items()}
    return found


PARTS = {
    "icu_log": tuple((code, "present") for code, _ in DEVICES),
    "newborn_log": (("line", "present"), ("vent", "present")),
    "hygiene": (("acts", "opportunities"), ("correct", "acts")),
    "drugs": (
        ("discharges_with", "discharges"), ("treated", "discharges_with"), ("sampled", "treated"), ("restricted", "treated"),
        ("special", "treated"), ("restricted_sampled", "restricted"), ("special_sampled", "special"),
    ),
    "survey": (("surveyed", "due"), ("patients", "surveyed"), ("with_drugs", "surveyed"), ("therapeutic", "with_drugs"),
               ("prophylactic", "with_drugs"), ("sampled", "therapeutic")),
}  # fmt: skip
"""Fields that count some of what another counts."""


@rule("DQ08", *PARTS)
def part_within_whole(sheet: Reported) -> Iterator[Finding]:
    """A part is not more than the whole; both equal is in order."""
    for number, row in enumerate(sheet.rows):
        for part, of in PARTS[sheet.record.code]:
            less, more = whole(row.get(part)), whole(row.get(of))
            if less is not None and more is not None and less > more:
                labels = (sheet.record.field(name).label for name in (part, of))
                words = f"{_day(sheet, row)}{f' {less} 多于'.join(labels)} {more}"
                yield Finding("DQ08", words, number, part)


MOST_EVENTS = 2
"""Two events of a kind in a patient count twice after 21 days: at most two a month."""


@rule("DQ08", "dialysis")
def events_within_patients(sheet: Reported) -> Iterator[Finding]:
    """A patient of dialysis has an event of a kind at most twice a month."""
    for number, row in enumerate(sheet.rows):
        patients = whole(row.get("patients"))
        for name in ("cultures", "antibacterials", "local"):
            events = whole(row.get(name))
            if patients is not None and events is not None and events > MOST_EVENTS * patients:
                label = sheet.record.field(name).label
                yield Finding(
                    "DQ08", f"{label} {events} 次，患者 {patients} 人；同一患者 21 天内的只计一次", number, name
                )


@rule("DQ09", "survey")
def episodes_not_below_patients(sheet: Reported) -> Iterator[Finding]:
    """Every infected patient has at least one episode."""
    for number, row in enumerate(sheet.rows):
        patients, episodes = whole(row.get("patients")), whole(row.get("episodes"))
        if patients is not None and episodes is not None and episodes < patients:
            yield Finding("DQ09", f"感染例次 {episodes} 少于感染人数 {patients}", number, "episodes")


@rule("DQ10", "month")
def device_days_within_patient_days(sheet: Reported) -> Iterator[Finding]:
    """Days of a device are not more than days of patients."""
    for number, row in enumerate(sheet.rows):
        days = whole(row.get("patient_days"))
        for code, label in DEVICES:
            used = whole(row.get(f"{code}_days"))
            if used is not None and days is not None and used > days:
                yield Finding("DQ10", f"{label}日数 {used} 多于住院日数 {days}", number, f"{code}_days")


@rule("DQ11", "month")
def device_days_with_patients(sheet: Reported) -> Iterator[Finding]:
    """Days of a device and its patients come together."""
    for number, row in enumerate(sheet.rows):
        for code, label in DEVICES:
            days, patients = whole(row.get(f"{code}_days")), whole(row.get(f"{code}_patients"))
            if days is not None and patients is not None and bool(days) != bool(patients):
                yield Finding("DQ11", f"{label}日数 {days}，人数 {patients}", number, f"{code}_days")


@rule("DQ12", "month")
def device_days_possible(sheet: Reported) -> Iterator[Finding]:
    """A patient has a device at most every day of the month."""
    length = sum(1 for _ in days_of(sheet.period))
    for number, row in enumerate(sheet.rows):
        for code, label in DEVICES:
            days, patients = whole(row.get(f"{code}_days")), whole(row.get(f"{code}_patients"))
            if patients and days is not None and days > patients * length:
                words = f"{label}日数 {days} 多于 {patients} 人乘以 {length} 天"
                yield Finding("DQ12", words, number, f"{code}_days")


@rule("DQ13", "icu_log")
def log_balances(sheet: Reported) -> Iterator[Finding]:
    """Present today is present yesterday with who came and without who left; the first day goes on from last month."""
    before = sheet.known.former.get("")
    for number, row in enumerate(sheet.rows):
        present, entered, left = (whole(row.get(name)) for name in ("present", "entered", "left"))
        if before is not None and present is not None and entered is not None and left is not None:
            expected = before + entered - left
            if present != expected:
                words = f"{_day(sheet, row)}在住 {present}，按前一日 {before}＋新住进 {entered}－离开 {left} 应为 {expected}"
                yield Finding("DQ13", words, number, "present")
        before = present


@rule("DQ13", "month")
def month_balances(sheet: Reported) -> Iterator[Finding]:
    """The census at the end follows from the census at the beginning; a ward with a log has the patient days of its log."""
    for number, row in enumerate(sheet.rows):
        names = ("start", "admitted", "transferred_in", "discharged", "transferred_out", "end")
        start, came, moved_in, gone, moved_out, end = (whole(row.get(name)) for name in names)
        if None not in (start, came, moved_in, gone, moved_out, end):
            expected = (start or 0) + (came or 0) + (moved_in or 0) - (gone or 0) - (moved_out or 0)
            if end != expected:
                yield Finding("DQ13", f"期末人数 {end}，按期初和出入应为 {expected}", number, "end")
        logged = [whole(each.get("present")) for each in sheet.known.beside.get("icu_log", ())]
        days = whole(row.get("patient_days"))
        if logged and None not in logged and days is not None and days != sum(filter(None, logged)):
            words = f"住院日数 {days}，日志合计为 {sum(filter(None, logged))}"
            yield Finding("DQ13", words, number, "patient_days")


@rule("DQ14", "icu_log", "newborn_log")
def no_day_missing(sheet: Reported) -> Iterator[Finding]:
    """Every day that is over has its line, with 0 where there was nobody; today may still be empty."""
    for number, row in enumerate(sheet.rows):
        said = day_of(row.get("day"))
        typed = [each.name for each in sheet.record.fields if each.name not in sheet.record.fixed()]
        if said and said < sheet.today and all(row.get(name) is None for name in typed):
            yield Finding("DQ14", f"{_day(sheet, row)}没有填；没有患者也要填 0", number, typed[0])


@rule("DQ15", "month")
def no_jump(sheet: Reported) -> Iterator[Finding]:
    """A denominator lies within 3.5 robust deviations of the median of the last twelve months."""
    for number, row in enumerate(sheet.rows):
        for name in ("patient_days", *(f"{code}_days" for code, _ in DEVICES)):
            past, now = sheet.known.history.get(name, ()), whole(row.get(name))
            if now is None or len(past) < ENOUGH_MONTHS:
                continue
            middle = median(past)
            spread = SPREAD * median(abs(each - middle) for each in past)
            if abs(now - middle) > ROBUST * max(spread, 1.0):
                label = sheet.record.field(name).label
                words = f"{label} {now} 与过去十二个月的中位数 {middle:g} 相差过大"
                yield Finding("DQ15", words, number, name)


@rule("DQ16", "case")
def not_silent_for_long(sheet: Reported) -> Iterator[Finding]:
    """Nothing reported where three or more a month are usual, which chance hardly explains."""
    past = sheet.known.history.get("case.episodes", ())
    if sheet.rows or len(past) < ENOUGH_MONTHS:
        return
    usual = sum(past) / len(past)
    if usual >= USUAL_CASES and float(stats.poisson.pmf(0, usual)) < SELDOM:
        yield Finding("DQ16", f"本月没有病例，过去十二个月平均每月 {usual:.1f} 例次")


@rule("DQ23", "icu_severity")
def severity_rated(sheet: Reported) -> Iterator[Finding]:
    """Patients are rated every week, and not more of them than were present that day."""
    census = {row.get("day"): whole(row.get("present")) for row in sheet.known.beside.get("icu_log", ())}
    for number, row in enumerate(sheet.rows):
        rated = sum(filter(None, (whole(row.get(f"class_{each}")) for each in "abcde")))
        present = census.get(row.get("day"))
        if rated == 0 and present != 0:
            yield Finding("DQ23", f"第 {number + 1} 行没有评定任何人", number, "class_a", mild=present is None)
        if present is not None and rated > present:
            yield Finding("DQ23", f"第 {number + 1} 行评定 {rated} 人，当日在住 {present} 人", number, "class_a")
    if sheet.rows and len({row.get("day") for row in sheet.rows}) < LEAST_ROUNDS and not sheet.none:
        yield Finding("DQ23", f"每月评定四至五次，现有 {len(sheet.rows)} 次")


LEAST_ROUNDS = 4


LEAST_SEVERE, MOST_SEVERE = 1, 5


@rule("DQ24", "month")
def severity_implied(sheet: Reported) -> Iterator[Finding]:
    """A rate divided by its adjusted rate gives the mean severity, which lies between 1 and 5."""
    for number, row in enumerate(sheet.rows):
        crude, adjusted = row.get("crude_rate"), row.get("adjusted_rate")
        if not isinstance(crude, int | float) or not isinstance(adjusted, int | float) or not adjusted:
            continue
        if not LEAST_SEVERE <= crude / adjusted <= MOST_SEVERE:
            words = f"发病率 {crude:g} 除以调整发病率 {adjusted:g} 得平均病情 {crude / adjusted:.2f}，应在 1 至 5 之间"
            yield Finding("DQ24", words, number, "adjusted_rate")


@rule("DQ33")
def nothing_or_something(sheet: Reported) -> Iterator[Finding]:
    """A report of nothing has no rows."""
    if sheet.none and sheet.rows:
        yield Finding("DQ33", f"选了“零报告”，又填了 {len(sheet.rows)} 行；请去掉一样")


@rule("DQ33", "month")
def device_days_as_logged(sheet: Reported) -> Iterator[Finding]:
    """A ward with a log has the device days of its log."""
    log = sheet.known.beside.get("icu_log", ())
    for number, row in enumerate(sheet.rows):
        for code, label in DEVICES:
            logged, days = [whole(each.get(code)) for each in log], whole(row.get(f"{code}_days"))
            if logged and None not in logged and days is not None and days != sum(filter(None, logged)):
                words = f"{label}日数 {days}，日志合计为 {sum(filter(None, logged))}"
                yield Finding("DQ33", words, number, f"{code}_days")


@rule("DQ33", "stay")
def discharges_as_counted(sheet: Reported) -> Iterator[Finding]:
    """As many patients left a ward as its month says, and as many in all as the report of drugs says."""
    left = Counter(row.get("ward_out") for row in sheet.rows)
    for row in sheet.known.beside.get("month", ()):
        said = whole(row.get("discharged"))
        if said is not None and said != left[row.get("unit")]:
            yield Finding("DQ33", f"{row.get('unit')} 出院患者 {left[row.get('unit')]} 人，科室月报写出院 {said} 人")
    for row in sheet.known.beside.get("drugs", ()):
        said = whole(row.get("discharges"))
        if said is not None and said != len(sheet.rows):
            yield Finding("DQ33", f"出院患者 {len(sheet.rows)} 人，抗菌药物使用月报写出院 {said} 人")


@rule("DQ28", "survey")
def nearly_all_surveyed(sheet: Reported) -> Iterator[Finding]:
    """At least 96 of a hundred due are surveyed; 96 exactly is enough."""
    for number, row in enumerate(sheet.rows):
        due, surveyed = whole(row.get("due")), whole(row.get("surveyed"))
        if due and surveyed is not None and surveyed * 100 < LEAST_SURVEYED * due:
            yield Finding("DQ28", f"实查率 {surveyed / due:.2%}，应当不低于 {LEAST_SURVEYED}%", number, "surveyed")


def _day(sheet: Reported, row: Row) -> str:
    said = day_of(row.get(sheet.record.day)) if sheet.record.day else None
    if not said:
        return ""
    key = f" {sheet.record.field(sheet.record.key).said(row.get(sheet.record.key))} " if sheet.record.key else ""
    return f"{said.day} 日{key}"
