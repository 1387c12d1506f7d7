"""Detection of outbreaks."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from yizheng.kernel.calculators import BadInput, Parameter, Row, at_least, calculator, share
from yizheng.systems.infection.detection import ears as early
from yizheng.systems.infection.detection import farrington as regression
from yizheng.systems.infection.detection import sequential, windows
from yizheng.systems.infection.detection.scan import scan
from yizheng.systems.infection.detection.series import Numbers, Series
from yizheng.systems.infection.outbreaks import clusters, deadlines

SERIES = "series:text t:int count:int monitored:flag?"
Columns = Mapping[str, Numbers | np.ndarray[Any, Any]]


def _per_series(rows: Sequence[Row], answer: Callable[[Series], Columns]) -> Iterator[dict[str, Any]]:
    """The answer to each series, in the order of the rows; periods not monitored stay empty."""
    told = {name: iter(_lines(_series(of_series), answer)) for name, of_series in _by_name(rows).items()}
    for row in rows:
        yield next(told[row["series"]])


def _by_name(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        of_series = found.setdefault(row["series"], [])
        if of_series and row["t"] != of_series[-1]["t"] + 1:
            raise BadInput.at(
                row["line"], "t", row["t"], f"没有接在“{of_series[-1]['t']}”之后，请补齐各期并按先后排列。"
            )
        of_series.append(row)
    return found


def _series(rows: Sequence[Row]) -> Series:
    return Series(
        np.array([row["count"] for row in rows], dtype=float),
        np.array([row.get("monitored") is not False for row in rows]),
    )


def _lines(series: Series, answer: Callable[[Series], Columns]) -> Iterator[dict[str, Any]]:
    columns = answer(series)
    for place, watched in enumerate(series.monitored):
        yield {name: values[place] for name, values in columns.items()} if watched else {}


def _above(series: Series, upper: Numbers) -> Numbers:
    """Whether each count is above its bound; unknown where the bound is."""
    return _flags(series.counts > upper, upper)


def _flags(flags: Any, known: Numbers) -> Numbers:
    """Flags, unknown where what they rest on is."""
    return np.array([None if math.isnan(base) else bool(flag) for flag, base in zip(flags, known, strict=True)])


@calculator(
    "infection.ears",
    "EARS C1–C3",
    source="Hutwagner 2003；Fricker 2008",
    input=SERIES,
    output="c1_upper c1_alarm c2_upper c2_alarm c2 c3 c3_upper c3_alarm c3_alarm_classical c3_alarm_bound",
    parameters={
        "baseline": at_least(7, 2), "lag": at_least(2), "minimum_sigma": at_least(0.0), "alpha": share(0.001),
        "alpha_c3": share(0.025),
    },
)  # fmt: skip
def ears(rows: Sequence[Row], **given: Any) -> Iterator[dict[str, Any]]:
    """The three bounds of each period."""
    settings = early.Settings(**given)

    def answer(series: Series) -> Columns:
        found = early.ears(series, settings)
        return {
            "c1_upper": found.c1_upper, "c1_alarm": _above(series, found.c1_upper),
            "c2_upper": found.c2_upper, "c2_alarm": _above(series, found.c2_upper),
            "c2": found.c2, "c3": found.c3, "c3_upper": found.c3_upper,
            "c3_alarm": _flags(found.c3 >= settings.quantile_c3, found.c3),
            "c3_alarm_classical": _flags(found.c3 >= early.CLASSICAL, found.c3),
            "c3_alarm_bound": _above(series, found.c3_upper),
        }  # fmt: skip

    return _per_series(rows, answer)


_REGRESSION = {
    "years": at_least(5, 1), "half_window": at_least(3), "alpha": share(0.05), "periods_per_year": at_least(52, 1),
    "minimum_cases": at_least(5), "minimum_cases_periods": at_least(4, 1),
}  # fmt: skip


@calculator(
    "infection.farrington",
    "Farrington 原法",
    source="Farrington 1996",
    input=SERIES,
    output="expected phi trend_used upper alarm",
    parameters=_REGRESSION,
)
def farrington(rows: Sequence[Row], **given: Any) -> Iterator[dict[str, Any]]:
    """The bound of each period."""
    settings = regression.Settings(**given)

    def answer(series: Series) -> Columns:
        found = regression.farrington(series, settings)
        return {
            "expected": found.expected, "phi": found.phi, "trend_used": _flags(found.trend > 0, found.trend),
            "upper": found.upper, "alarm": _enough(series, found, settings),
        }  # fmt: skip

    return _per_series(rows, answer)


def _enough(series: Series, found: regression.Answer, settings: regression.Settings) -> Any:
    """Whether each count is above its bound; no alarm with too few cases, unknown with too little history."""
    history = np.arange(len(series)) >= settings.history
    return np.array([
        None if not long else bool(enough and count > upper)
        for long, enough, count, upper in zip(history, found.enough, series.counts, found.upper, strict=True)
    ])  # fmt: skip


@calculator(
    "infection.farrington_flexible",
    "Farrington 改进法",
    source="Noufaily 2013；R surveillance",
    input=SERIES,
    output=(
        "expected phi trend_used upper score alarm"
        " package_expected package_phi package_trend_used package_upper package_score package_alarm"
    ),
    parameters={
        **_REGRESSION,
        "method": Parameter("delta", choices=("delta", "nbPlugin", "muan")),
        "season_blocks": at_least(1, 1), "left_out_periods": Parameter(None), "trend_p": Parameter(0.05, 0, 1),
        "weight_threshold": at_least(2.58),
    },
)  # fmt: skip
def farrington_flexible(rows: Sequence[Row], **given: Any) -> Iterator[dict[str, Any]]:
    """The bound of each period by the paper, and as the R package has it."""
    left_out = given.pop("left_out_periods")
    if left_out is not None:
        left_out = at_least(0).accept("left_out_periods", left_out)
    settings = regression.Settings(**given, left_out=left_out, one_sided=True)

    def answer(series: Series) -> Columns:
        columns: dict[str, Any] = {}
        for prefix, as_package in (("", False), ("package_", True)):
            found = regression.farrington(series, settings, as_package=as_package)
            with np.errstate(divide="ignore", invalid="ignore"):
                score = (series.counts - found.expected) / (found.upper - found.expected)
            columns |= {
                f"{prefix}expected": found.expected, f"{prefix}phi": found.phi,
                f"{prefix}trend_used": _flags(found.trend > 0, found.trend), f"{prefix}upper": found.upper,
                f"{prefix}score": np.where(np.isfinite(score), score, np.nan),
                f"{prefix}alarm": _enough(series, found, settings),
            }  # fmt: skip
        return columns

    return _per_series(rows, answer)


@calculator(
    "infection.rki",
    "RKI 1–3",
    source="Robert Koch-Institut；Crow & Gardner 1959",
    input=SERIES,
    output="rki1_upper rki1_alarm rki2_upper rki2_alarm rki3_upper rki3_alarm",
)
def rki(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Three bounds of each period."""
    return _per_series(rows, lambda series: _bounds(series, "rki", [
        windows.rki_upper(series, window) for window in windows.RKI
    ]))  # fmt: skip


def _bounds(series: Series, name: str, bounds: Sequence[Numbers]) -> Columns:
    columns: dict[str, Numbers] = {}
    for number, upper in enumerate(bounds, 1):
        columns |= {f"{name}{number}_upper": upper, f"{name}{number}_alarm": _above(series, upper)}
    return columns


@calculator(
    "infection.bayes",
    "Bayes 1–2",
    source="Riebler 2004；Höhle 2007",
    input=SERIES,
    output="bayes1_upper bayes1_alarm bayes2_upper bayes2_alarm",
    parameters={"alpha": share(0.05)},
)
def bayes(rows: Sequence[Row], alpha: float) -> Iterator[dict[str, Any]]:
    """Two bounds of each period."""
    return _per_series(rows, lambda series: _bounds(series, "bayes", [
        windows.bayes_upper(series, window, alpha) for window in windows.BAYES
    ]))  # fmt: skip


@calculator(
    "infection.cusum",
    "标准化 CUSUM",
    source="Rossi 1999；R surveillance",
    input=SERIES,
    output="standard standard_alarm rossi rossi_alarm anscombe anscombe_alarm",
    parameters={"k": at_least(1.04), "h": at_least(2.26), "reset": Parameter(True)},
)
def cusum(rows: Sequence[Row], k: float, h: float, reset: bool) -> Iterator[dict[str, Any]]:
    """The cumulated sums of each period by three transformations."""

    def answer(series: Series) -> Columns:
        columns: dict[str, Numbers] = {}
        for name, transformed in sequential.TRANSFORMED.items():
            sums = sequential.cusum(series, transformed, k, h, reset=reset)
            columns |= {name: sums, f"{name}_alarm": _flags(sums >= h, sums)}
        return columns

    return _per_series(rows, answer)


@calculator(
    "infection.glr_poisson",
    "GLR",
    source="Höhle & Paul 2008",
    input=SERIES,
    output="mean_before glr alarm",
    parameters={"threshold": at_least(5.0)},
)
def glr_poisson(rows: Sequence[Row], threshold: float) -> Iterator[dict[str, Any]]:
    """The likelihood ratio of each period."""

    def answer(series: Series) -> Columns:
        ratios, mean = sequential.glr_poisson(series, threshold), sequential.mean_before(series)
        means = np.full(len(series), np.nan if mean is None else float(mean))
        return {"mean_before": means, "glr": ratios, "alarm": _flags(ratios >= threshold, ratios)}

    return _per_series(rows, answer)


@calculator(
    "infection.scan_temporal",
    "时间扫描",
    source="Kulldorff 1997",
    input="series:text t:int count:int",
    output="series rank start end cases expected llr relative_risk p",
    parameters={
        "maximum_fraction": Parameter(0.5, 0, 1), "replications": at_least(999, 1), "seed": at_least(1),
        "windows": at_least(1, 1),
    },
    by_row=False,
)  # fmt: skip
def scan_temporal(
    rows: Sequence[Row], maximum_fraction: float, replications: int, seed: int, windows: int
) -> Iterator[dict[str, Any]]:
    """The strongest windows of each series."""
    for name, of_series in _by_name(rows).items():
        counts = np.array([row["count"] for row in of_series], dtype=float)
        for rank, each in enumerate(scan(counts, maximum_fraction, replications, seed, windows), 1):
            yield {
                "series": name, "rank": rank, "start": of_series[each.first]["t"], "end": of_series[each.last]["t"],
                "cases": int(each.cases), "expected": each.expected, "llr": each.likelihood,
                "relative_risk": each.relative_risk, "p": each.p,
            }  # fmt: skip


@calculator(
    "infection.cluster_rule",
    "聚集规则 A",
    source="医院感染暴发预警：同病区同种病原体",
    input="set:text onset_date:date ward:text organism:text patient:text",
    output="set alarm first_alarm_date",
    parameters={"patients": at_least(3, 1), "days": at_least(7, 1)},
    by_row=False,
)
def cluster_rule(rows: Sequence[Row], patients: int, days: int) -> Iterator[dict[str, Any]]:
    """Whether and when each set raises the alarm."""
    sets: dict[str, list[clusters.Onset]] = {}
    for row in rows:
        onset = clusters.Onset(row["onset_date"], row["ward"], row["organism"], row["patient"])
        sets.setdefault(row["set"], []).append(onset)
    for name, onsets in sets.items():
        day = clusters.first_alarm(onsets, patients, days)
        yield {"set": name, "alarm": day is not None, "first_alarm_date": day}


@calculator(
    "infection.outbreak_deadlines",
    "暴发报告时限",
    source="医院感染管理办法第十七条、第十八条；医院感染暴发报告及处置管理规范第十条至第十四条",
    input="status:text cases:int deaths:int harmed:int special_pathogen:flag major_impact:flag",
    output=(
        "hospital_status hospital_to_district_hours district_to_municipal_hours municipal_to_national_hours"
        " copy_to_district_cdc"
    ),
    choices={"status": deadlines.STATUSES},
)
def outbreak_deadlines(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The hours of each level."""
    for row in rows:
        flags = {name: row[name] for name in ("special_pathogen", "major_impact")}
        situation = deadlines.Situation(row["status"], row["cases"], row["deaths"], row["harmed"], flags)
        district, municipal, national = deadlines.duty(situation)
        yield {
            "hospital_status": situation.watch(district),
            "hospital_to_district_hours": district,
            "district_to_municipal_hours": municipal,
            "municipal_to_national_hours": national,
            "copy_to_district_cdc": district is not None,
        }
