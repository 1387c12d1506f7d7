"""Control charts and funnels."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from yizheng.kernel.calculators import BadInput, Parameter, Row, calculator, day, limits, share
from yizheng.kernel.statistics import charts, funnel


@calculator(
    "infection.control_chart",
    "控制图",
    source="Shewhart p、u、c 图（R qcc 2.7）",
    input="chart:text kind:text events size?",
    output="statistic center lcl ucl beyond",
    choices={"kind": ("p", "u", "c")},
)
def control_chart(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Each point of each chart."""
    members: dict[str, list[Row]] = {}
    for row in rows:
        of_chart = members.setdefault(row["chart"], [])
        of_chart.append(row)
        if row["kind"] != of_chart[0]["kind"]:
            raise BadInput.at(row["line"], "kind", row["kind"], f"与同一图的“{of_chart[0]['kind']}”不同，请核对。")
        if row["kind"] == "p" and row["size"] is not None and row["events"] > row["size"]:
            raise BadInput.at(row["line"], "events", row["events"], f"大于“size”的值“{row['size']}”，请核对。")
    points = {
        name: iter(charts.shewhart(of_chart[0]["kind"], [(row["events"], row["size"]) for row in of_chart]))
        for name, of_chart in members.items()
    }
    for row in rows:
        point = next(points[row["chart"]])
        yield {} if point is None else {
            "statistic": point.statistic, "center": point.centre, "lcl": point.lower, "ucl": point.upper,
            "beyond": point.beyond,
        }  # fmt: skip


@calculator(
    "infection.g_chart",
    "间隔图",
    source="g 图：两次事件之间的间隔，几何分布",
    input="set:text day:text",
    output="gap above_ucl n_gaps mean_gap center lcl ucl p_hat probability_ucl",
    parameters={"probability": share(0.99865)},
)
def g_chart(rows: Sequence[Row], probability: float) -> Iterator[dict[str, Any]]:
    """The gap before each event, and the limits of its set."""
    days: dict[str, list[int]] = {}
    for row in rows:
        of_set = days.setdefault(row["set"], [])
        of_set.append(_day(row))
        if len(of_set) > 1 and of_set[-1] < of_set[-2]:
            raise BadInput.at(row["line"], "day", row["day"], "早于前一行，请按先后排列。")
    gaps = {name: [later - earlier for earlier, later in pairwise(of_set)] for name, of_set in days.items()}
    told = {name: _limits(charts.GapChart(tuple(of_set)), probability) for name, of_set in gaps.items()}
    left = {name: iter([None, *of_set]) for name, of_set in gaps.items()}
    for row in rows:
        gap, limited = next(left[row["set"]]), told[row["set"]]
        yield {**limited, "gap": gap, "above_ucl": None if gap is None else gap > limited["ucl"]}


def _day(row: Row) -> int:
    text = row["day"]
    return int(text) if text.lstrip("-").isdecimal() else day("day", text, row["line"]).toordinal()


def _limits(chart: charts.GapChart, probability: float) -> dict[str, Any]:
    if not chart.gaps:
        return {"n_gaps": 0}
    return {
        "n_gaps": len(chart.gaps), "mean_gap": chart.mean, "center": charts.MEDIAN_SHARE * chart.mean, "lcl": 0,
        "ucl": chart.upper, "p_hat": chart.share, "probability_ucl": chart.quantile(probability),
    }  # fmt: skip


_BOUNDS = [f"{kind}{level}" for kind in ("exact", "additive", "multiplicative") for level in funnel.LEVELS]
_OUTSIDE = [f"{kind}998" for kind in ("exact", "additive", "multiplicative")]


@calculator(
    "infection.funnel_ratio",
    "标准化比漏斗图",
    source="Spiegelhalter 2005：精确限、加性与乘性过度离散",
    input="unit:text observed:int expected",
    output="ratio z z_low z_high phi tau2 "
    + " ".join(f"{name}[]" for name in _BOUNDS)
    + " "
    + " ".join(f"outside_{name}" for name in _OUTSIDE),
    parameters={"winsor": Parameter(0.1, 0, 0.5)},
)
def funnel_ratio(rows: Sequence[Row], winsor: float) -> Iterator[dict[str, Any]]:
    """Each unit between the limits of a target of 1."""
    units = [(row["observed"], row["expected"]) for row in rows if row["expected"]]
    if not units:
        yield from ({} for _ in rows)
        return
    spread = funnel.Spread.of(units, winsor)
    z = iter(spread.z)
    for row in rows:
        expected = row["expected"]
        if not expected:
            yield {}
            continue
        ratio, bounds = row["observed"] / expected, _bounds(spread, expected)
        answer: dict[str, Any] = {
            "ratio": ratio, "z": next(z), "z_low": spread.low, "z_high": spread.high, "phi": spread.phi,
            "tau2": spread.tau2,
        }  # fmt: skip
        for name, both in bounds.items():
            answer |= limits(name, both)
        yield answer | {f"outside_{name}": not bounds[name][0] <= ratio <= bounds[name][1] for name in _OUTSIDE}


def _bounds(spread: funnel.Spread, expected: float) -> dict[str, tuple[float, float]]:
    bounds = {}
    for level, tails in funnel.LEVELS.items():
        bounds[f"exact{level}"] = funnel.poisson_limits(expected, tails)
        bounds[f"additive{level}"] = spread.additive(expected, tails)
        bounds[f"multiplicative{level}"] = spread.multiplicative(expected, tails)
    return bounds


@calculator(
    "infection.funnel_proportion",
    "率的漏斗图",
    source="Spiegelhalter 2005：内插的二项精确限",
    input="n:int target",
    output="lower95 upper95 lower998 upper998",
)
def funnel_proportion(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The limits of a proportion of so many around its target."""
    for row in rows:
        if row["target"] > 1:
            raise BadInput.at(row["line"], "target", row["target"], "大于1，请写成0至1之间的数。")
        answer: dict[str, Any] = {}
        for level, tails in funnel.LEVELS.items() if row["n"] else ():
            answer[f"lower{level}"], answer[f"upper{level}"] = funnel.binomial_limits(row["n"], row["target"], tails)
        yield answer
