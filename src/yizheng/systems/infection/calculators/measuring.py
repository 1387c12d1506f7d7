"""Surgery, intensive care, newborns, and the quality of data."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import datetime
from statistics import median
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, at_least, calculator, day
from yizheng.systems.infection import cases, intensive_care, surgery
from yizheng.systems.infection.rates import PER_MILLE, PERCENT, ratio, summed

_HOURS = at_least(48.0)
_GROUPS = ("G1", "G2", "G3", "G4")


@calculator(
    "infection.ssi_risk_index",
    "NNIS 危险指数",
    source="外科手术部位感染监测：手术时间、切口清洁度、ASA 分级",
    input="duration_min? p75_min? wound_class:text? asa:int?",
    output="duration_point wound_point asa_point risk_index",
    choices={"wound_class": ("", *surgery.WOUND_POINTS)},
)
def ssi_risk_index(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The points of an operation and their sum."""
    for row in rows:
        if row["asa"] is not None and row["asa"] not in surgery.ASA_POINTS:
            raise BadInput.at(row["line"], "asa", row["asa"], "不是1至6的分级，请核对。")
        operation = surgery.Operation(row["duration_min"], row["p75_min"], row["wound_class"], row["asa"])
        duration, wound, asa = operation.points
        yield {"duration_point": duration, "wound_point": wound, "asa_point": asa, "risk_index": operation.index}


@calculator(
    "infection.surgeon",
    "医师专率与调正率",
    source="外科手术部位感染监测：以平均危险指数调正，按各危险指数合并率求期望",
    input="surgeon:text risk_index:int operations:int ssi:int",
    output="surgeon operations ssi rate mean_risk_index adjusted_rate expected sir shown_sir status",
    parameters={"minimum_expected": at_least(1.0)},
    by_row=False,
)
def surgeon(rows: Sequence[Row], minimum_expected: float) -> Iterator[dict[str, Any]]:
    """Each surgeon's rates."""
    for row in rows:
        if row["ssi"] > row["operations"]:
            raise BadInput.at(row["line"], "ssi", row["ssi"], f"大于“operations”的值“{row['operations']}”，请核对。")
    told = ((row["surgeon"], row["risk_index"], row["operations"], row["ssi"]) for row in rows)
    for name, each in surgery.surgeons(told):
        sir = ratio(each.infected, each.expected)
        yield {
            "surgeon": name, "operations": each.total, "ssi": each.infected, "rate": each.rate,
            "mean_risk_index": each.mean_index, "adjusted_rate": each.adjusted_rate, "expected": each.expected,
            "sir": sir, "shown_sir": sir if each.expected >= minimum_expected else None, "status": each.status,
        }  # fmt: skip


@calculator(
    "infection.icu_month",
    "ICU 月报",
    source="ICU 目标性监测：平均病情严重程度按全部评定合并",
    input="icu:text item:text value",
    output="icu indicator value",
    choices={"item": sorted(intensive_care.MONTH_ITEMS)},
    by_row=False,
)
def icu_month(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The indicators of each unit's month."""
    for icu, items in summed(rows, "icu").items():
        for name, value in intensive_care.month(items):
            yield {"icu": icu, "indicator": name, "value": value}


@calculator(
    "infection.asis_check",
    "反推 ASIS",
    source="ICU 目标性监测：调整率与未调整率之比应在1至5之间",
    input="unadjusted adjusted",
    output="implied_asis plausible",
)
def asis_check(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The severity that a pair of rates implies, and whether there is such a one."""
    for row in rows:
        implied = ratio(row["unadjusted"], row["adjusted"])
        low, high = intensive_care.LEAST_SEVERITY, intensive_care.MOST_SEVERITY
        yield {"implied_asis": implied, "plausible": None if implied is None else low <= implied <= high}


@calculator(
    "infection.icu_attribution",
    "ICU 归属",
    source="ICU 目标性监测：入住48小时后、转出48小时内",
    input="icu_in:time icu_out:time? onset:time",
    output="attributed",
    parameters={"hours_after_entry": _HOURS, "hours_after_leaving": _HOURS},
)
def icu_attribution(
    rows: Sequence[Row], hours_after_entry: float, hours_after_leaving: float
) -> Iterator[dict[str, Any]]:
    """Whether an infection belongs to the unit."""
    for row in rows:
        _in_order(row, "icu_in", "icu_out")
        belongs = intensive_care.belongs(
            row["icu_in"], row["icu_out"], row["onset"], hours_after_entry, hours_after_leaving
        )
        yield {"attributed": belongs}


def _in_order(row: Row, first: str, last: str) -> None:
    if row[first] is not None and row[last] is not None and row[last] < row[first]:
        raise BadInput.at(row["line"], last, _told(row[last]), f"早于“{first}”的“{_told(row[first])}”，请核对。")


def _told(day: Any) -> str:
    return day.strftime("%Y-%m-%dT%H:%M") if isinstance(day, datetime) else str(day)


@calculator(
    "infection.device_association",
    "器械相关",
    source="器械相关感染监测：使用超过48小时，或拔除后48小时内",
    input="device:text? inserted:time? removed:time? onset:time",
    output="associated",
    parameters={"minimum_use_hours": _HOURS, "hours_after_removal": _HOURS},
)
def device_association(
    rows: Sequence[Row], minimum_use_hours: float, hours_after_removal: float
) -> Iterator[dict[str, Any]]:
    """Whether an infection goes with a device."""
    for row in rows:
        _in_order(row, "inserted", "removed")
        associated = intensive_care.device_associated(
            row["inserted"], row["removed"], row["onset"], minimum_use_hours, hours_after_removal
        )
        yield {"associated": associated}


@calculator(
    "infection.device_days",
    "住院日与器械日",
    source="目标性监测：零点在科或当日任一时段在科，一人一日一种器械计一次",
    input="patient:text unit_in:date unit_out:date? line_in:date? line_out:date?",
    output="date patients_midnight device_patients_midnight patients_any_part device_patients_any_part",
    by_row=False,
)
def device_days(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Patients and device patients of every day, by both rules, and their totals."""
    for row in rows:
        _in_order(row, "unit_in", "unit_out")
        _in_order(row, "line_in", "line_out")
    stays = [
        intensive_care.Stay(row["patient"], row["unit_in"], row["unit_out"], row["line_in"], row["line_out"])
        for row in rows
    ]
    total = dict.fromkeys(intensive_care.DAY_COUNTS, 0)
    for on, counted in intensive_care.device_days(stays):
        total = {name: total[name] + counted[name] for name in total}
        yield {"date": on, **counted}
    yield {"date": "TOTAL", **total}


@calculator(
    "infection.classify_case",
    "医院/社区感染",
    source="医院感染诊断标准（试行）2001",
    input="admitted:time onset:time kind:text mean_incubation_days?",
    output="class",
    choices={"kind": cases.KINDS},
    parameters={"hours": _HOURS},
)
def classify_case(rows: Sequence[Row], hours: float) -> Iterator[dict[str, Any]]:
    """Where an infection was acquired."""
    for row in rows:
        yield {"class": cases.origin(row["admitted"], row["onset"], row["kind"], row["mean_incubation_days"], hours)}


@calculator(
    "infection.birth_weight_group",
    "出生体重组",
    source="高危新生儿监测",
    input="birth_weight_g",
    output="group",
    parameters={"minimum_g": at_least(200.0), "maximum_g": at_least(7000.0)},
)
def birth_weight_group(rows: Sequence[Row], minimum_g: float, maximum_g: float) -> Iterator[dict[str, Any]]:
    """The group of each birth weight."""
    for row in rows:
        yield {"group": cases.weight_group(row["birth_weight_g"], minimum_g, maximum_g)}


@calculator(
    "infection.newborn",
    "新生儿监测",
    source="高危新生儿监测：按出生体重组",
    input="group:text infections patient_days line_infections line_days pneumonias ventilator_days",
    output="group day_rate line_infection_rate line_utilisation pneumonia_rate ventilator_utilisation",
    choices={"group": _GROUPS},
    by_row=False,
)
def newborn(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The rates of each weight group, and of all newborns together."""
    counts = ("infections", "patient_days", "line_infections", "line_days", "pneumonias", "ventilator_days")
    everybody = {"group": "ALL", **{name: sum(row[name] for row in rows) for name in counts}}
    for row in (*rows, everybody):
        yield {
            "group": row["group"],
            "day_rate": ratio(row["infections"], row["patient_days"], PER_MILLE),
            "line_infection_rate": ratio(row["line_infections"], row["line_days"], PER_MILLE),
            "line_utilisation": ratio(row["line_days"], row["patient_days"], PERCENT),
            "pneumonia_rate": ratio(row["pneumonias"], row["ventilator_days"], PER_MILLE),
            "ventilator_utilisation": ratio(row["ventilator_days"], row["patient_days"], PERCENT),
        }


@calculator(
    "infection.device_day_check",
    "器械日核对",
    source="数据质量规则10至12",
    input="month:text device:text device_patients:int device_days:int patient_days?",
    output="days_without_patients patients_without_days above_possible above_patient_days",
)
def device_day_check(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """What cannot be in a month's device days."""
    for row in rows:
        patients, days, possible = row["device_patients"], row["device_days"], _days_of(row)
        stay = row["patient_days"]
        yield {
            "days_without_patients": not patients and days > 0,
            "patients_without_days": patients > 0 and not days,
            "above_possible": patients > 0 and days > patients * possible,
            "above_patient_days": None if stay is None else days > stay,
        }


def _days_of(row: Row) -> int:
    try:
        month = day("month", f"{row['month']}-01", row["line"])
    except BadInput:
        raise BadInput.at(row["line"], "month", row["month"], "不是月份，请写成2026-02的样子。") from None
    return monthrange(month.year, month.month)[1]


@calculator(
    "infection.outlier",
    "离群值",
    source="数据质量规则15：稳健 z 值（中位数与中位数绝对偏差）",
    input="set:text value:signed",
    output="median mad robust_z flagged",
    parameters={"threshold": at_least(3.5)},
)
def outlier(rows: Sequence[Row], threshold: float) -> Iterator[dict[str, Any]]:
    """How far each value lies from the rest of its set."""
    sets: dict[str, list[float]] = {}
    for row in rows:
        sets.setdefault(row["set"], []).append(row["value"])
    middles = {name: median(values) for name, values in sets.items()}
    spreads = {name: median(abs(each - middles[name]) for each in values) for name, values in sets.items()}
    for row in rows:
        middle, mad = middles[row["set"]], spreads[row["set"]]
        z = ratio(row["value"] - middle, _SCALE * mad)
        yield {"median": middle, "mad": mad, "robust_z": z, "flagged": z is not None and abs(z) > threshold}


_SCALE = 1.4826
"""Makes the median deviation of a normal distribution its standard deviation."""
