"""Statistics of a small closed group examined every year."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from yizheng.kernel.calculators import BadInput, Parameter, Row, calculator, limits, share
from yizheng.kernel.statistics import groups, repeated, several, trends

_CONFIDENCE = {"confidence": share(0.95)}


def _sets(rows: Sequence[Row], name: str = "set") -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found


@calculator(
    "sequelae.mann_kendall",
    "趋势检验",
    source="Mann 1945；Kendall 1975；Sen 1968",
    input="series:text value:signed time:signed?",
    output="series n s var_s z p tau_a sen_slope sen[]",
    parameters=_CONFIDENCE,
    by_row=False,
)
def mann_kendall(rows: Sequence[Row], confidence: float) -> Iterator[dict[str, Any]]:
    """The trend of each series."""
    for name, of_series in _sets(rows, "series").items():
        trend = trends.MannKendall([
            (float(number) if row["time"] is None else row["time"], row["value"]) for number, row in enumerate(of_series, 1)
        ])  # fmt: skip
        interval = trend.sen_interval(confidence)
        yield {
            "series": name, "n": len(of_series), "s": trend.s, "var_s": trend.variance, "z": trend.z,
            "p": trends.normal_two_sided(trend.z), "tau_a": trend.tau_a, "sen_slope": trend.sen_slope,
            **(limits("sen", interval) if interval else {}),
        }  # fmt: skip


@calculator(
    "sequelae.proportion_trend",
    "率的趋势",
    source="Cochran 1954；Armitage 1955",
    input="set:text score:signed events:int total:int",
    output="set z chi2_trend p_trend chi2_homogeneity df p_homogeneity",
    by_row=False,
)
def proportion_trend(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The trend of a proportion in each set."""
    for name, of_set in _sets(rows).items():
        for row in of_set:
            if row["events"] > row["total"]:
                raise BadInput.at(row["line"], "events", row["events"], f"大于“total”的值“{row['total']}”，请核对。")
        trend = trends.ProportionTrend(*([row[column] for row in of_set] for column in ("score", "events", "total")))
        answer: dict[str, Any] = {"set": name}
        if trend.z is not None:
            answer |= {"z": trend.z, "chi2_trend": trend.z**2, "p_trend": trends.normal_two_sided(trend.z)}
        if trend.homogeneity is not None:
            value, freedom = trend.homogeneity
            answer |= {"chi2_homogeneity": value, "df": freedom, "p_homogeneity": trends.chi_square_p(value, freedom)}
        yield answer


@calculator(
    "sequelae.two_groups",
    "两组比较",
    source="Student t、Welch t、Mann-Whitney U；Cohen d、Hedges g、Cliff δ",
    input="set:text group:text value:signed",
    output=(
        "set n_a n_b mean_a mean_b student_t student_p welch_t welch_df welch_p u_a mw_p mw_p_exact cohen_d hedges_g"
        " cliff_delta"
    ),
    choices={"group": ("a", "b")},
    by_row=False,
)
def two_groups(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The two groups of each set."""
    for name, of_set in _sets(rows).items():
        first, second = ([row["value"] for row in of_set if row["group"] == group] for group in "ab")
        two = groups.TwoGroups(first, second)
        answer: dict[str, Any] = {"set": name, "n_a": len(first), "n_b": len(second)}
        answer |= {f"mean_{group}": float(np.mean(each)) for group, each in (("a", first), ("b", second)) if each}
        yield answer | (_compared(two) if two.comparable else {})


def _compared(two: groups.TwoGroups) -> dict[str, Any]:
    student, welch = two.student() or (None, None), two.welch() or (None, None, None)
    asymptotic, exact = two.mann_whitney()
    return {
        "student_t": student[0], "student_p": student[1], "welch_t": welch[0], "welch_df": welch[1],
        "welch_p": welch[2], "u_a": two.u, "mw_p": asymptotic, "mw_p_exact": exact, "cohen_d": two.cohen_d,
        "hedges_g": two.hedges_g, "cliff_delta": two.cliff_delta,
    }  # fmt: skip


@calculator(
    "sequelae.table_2x2",
    "四格表",
    source="Pearson χ²、Yates 校正、Fisher 精确概率",
    input="a:int b:int c:int d:int",
    output="chi2 chi2_p chi2_yates chi2_yates_p fisher_p odds_ratio",
)
def table_2x2(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Each table of two by two."""
    for row in rows:
        table = groups.TwoByTwo(row["a"], row["b"], row["c"], row["d"])
        plain, corrected = table.chi_square(), table.chi_square(yates=True)
        yield {
            "chi2": plain, "chi2_p": None if plain is None else trends.chi_square_p(plain, 1),
            "chi2_yates": corrected, "chi2_yates_p": None if corrected is None else trends.chi_square_p(corrected, 1),
            "fisher_p": table.fisher_p, "odds_ratio": table.odds_ratio,
        }  # fmt: skip


_ADJUSTED: Mapping[str, Callable[[Sequence[float]], list[float]]] = {
    "bh": several.benjamini_hochberg, "holm": several.holm, "bonferroni": several.bonferroni,
}  # fmt: skip


@calculator(
    "sequelae.adjust_p",
    "多重比较",
    source="Benjamini & Hochberg 1995；Holm 1979；Bonferroni",
    input="set:text p",
    output="bh holm bonferroni reject_bh reject_holm reject_bonferroni",
    parameters={"level": share(0.05)},
)
def adjust_p(rows: Sequence[Row], level: float) -> Iterator[dict[str, Any]]:
    """The adjusted probabilities of each set."""
    for row in rows:
        if row["p"] > 1:
            raise BadInput.at(row["line"], "p", row["p"], "大于1，不是概率，请核对。")
    adjusted = {
        name: {how: iter(adjust([row["p"] for row in of_set])) for how, adjust in _ADJUSTED.items()}
        for name, of_set in _sets(rows).items()
    }
    for row in rows:
        found = {how: next(values) for how, values in adjusted[row["set"]].items()}
        yield found | {f"reject_{how}": value <= level for how, value in found.items()}


@calculator(
    "sequelae.standardisation",
    "标化",
    source="间接标化（Garwood 精确限）与直接标化",
    input="set:text n:int cases:int reference_rate standard_population",
    output="set observed expected ratio exact[] crude direct direct_se direct[]",
    parameters=_CONFIDENCE,
    by_row=False,
)
def standardisation(rows: Sequence[Row], confidence: float) -> Iterator[dict[str, Any]]:
    """The standardised ratio and rate of each set."""
    for row in rows:
        if row["cases"] > row["n"]:
            raise BadInput.at(row["line"], "cases", row["cases"], f"大于“n”的值“{row['n']}”，请核对。")
        if row["reference_rate"] > 1:
            raise BadInput.at(row["line"], "reference_rate", row["reference_rate"], "大于1，请写成0至1之间的数。")
    for name, of_set in _sets(rows).items():
        columns = ("n", "cases", "reference_rate", "standard_population")
        found = several.Standardisation([several.Stratum(*(row[column] for column in columns)) for row in of_set])
        exact, direct = found.exact(confidence), found.direct(confidence)
        yield {
            "set": name, "observed": found.observed, "expected": found.expected, "crude": found.crude,
            **({"ratio": found.observed / found.expected, **limits("exact", exact)} if exact else {}),
            **({"direct": direct[0], "direct_se": direct[1], **limits("direct", direct[2])} if direct else {}),
        }  # fmt: skip


def _model_columns(parameters: Mapping[str, Any]) -> str:
    """The columns a model needs besides whose the rows are."""
    outcome, terms, time = parameters["outcome"], parameters["terms"], parameters["time"]
    if not outcome or not terms or not all(isinstance(each, str) and each for each in terms):
        raise BadInput("请在参数中写明 outcome（结果的列名）和 terms（各项的列名）。")
    if parameters["random"] == "intercept_slope" and not time:
        raise BadInput("参数“random”为“intercept_slope”时，请用参数“time”写明时间的列名。")
    return " ".join(f"{name}:signed*" for name in dict.fromkeys([outcome, *terms, *([time] if time else [])]))


@calculator(
    "sequelae.repeated_measures",
    "重复测量",
    source="线性混合模型（REML）；广义估计方程（稳健标准误）",
    input="person:text",
    more_columns=_model_columns,
    output="term estimate se",
    parameters={
        "model": Parameter("lmm", choices=("lmm", "gee", "ols")), "outcome": Parameter(""), "terms": Parameter([]),
        "time": Parameter(""), "random": Parameter("intercept", choices=("intercept", "intercept_slope")),
        "family": Parameter("gaussian", choices=("gaussian", "binomial")),
    },
    by_row=False,
)  # fmt: skip
def repeated_measures(
    rows: Sequence[Row], model: str, outcome: str, terms: list[str], time: str, random: str, family: str
) -> Iterator[dict[str, Any]]:
    """The estimates of one model; rows that lack a value are left out."""
    needed = [outcome, *terms, *([time] if time else [])]
    whole = [row for row in rows if all(row[name] is not None for name in needed)]
    if not whole:
        raise BadInput("没有一行各列都有值，请核对数据。")
    binomial = family == "binomial"
    if binomial and any(row[outcome] not in (0, 1) for row in whole):
        raise BadInput(f"“{outcome}”应只有0和1，请核对，或把参数“family”改为 gaussian。")
    measured = repeated.Measured(
        np.array([row[outcome] for row in whole]), np.array([[row[name] for name in terms] for row in whole]),
        terms, [row["person"] for row in whole],
    )  # fmt: skip
    slope = np.array([row[time] for row in whole]) if random == "intercept_slope" else None
    try:
        if model == "lmm":
            estimates = repeated.mixed(measured, slope)
        elif model == "gee":
            estimates = repeated.estimating(measured, binomial=binomial)
        else:
            estimates = repeated.least_squares(measured)
    except repeated.NotFitted as fault:
        raise BadInput(str(fault)) from None
    for name, estimate, error in estimates:
        yield {"term": name, "estimate": estimate, "se": error}
