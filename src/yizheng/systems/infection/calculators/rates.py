"""Rates, ratios and indicators."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import BadInput, Parameter, Row, at_least, calculator, limits, share
from yizheng.kernel.statistics import intervals
from yizheng.kernel.statistics.rates import TwoRates
from yizheng.systems.infection import drugs
from yizheng.systems.infection import rates as measured
from yizheng.systems.infection.rates import PERCENT, Stratum, ratio

CONFIDENCE = share(0.95)


@calculator(
    "infection.rate_interval",
    "率的置信区间",
    source="Garwood 1936；mid-P；Byar（Breslow & Day 1987）；对数正态",
    input="events:int denominator multiplier",
    output="rate garwood[] midp[] byar[] lognormal[]",
    parameters={"confidence": CONFIDENCE},
)
def rate_interval(rows: Sequence[Row], confidence: float) -> Iterator[dict[str, Any]]:
    """A rate with its interval by four methods."""
    for row in rows:
        events, scale = row["events"], ratio(row["multiplier"], row["denominator"])
        answer: dict[str, Any] = {"rate": ratio(events, row["denominator"], row["multiplier"])}
        if scale is not None:
            for name, both in _intervals(events, confidence).items():
                answer |= limits(name, [each * scale for each in both])
            lognormal = intervals.lognormal(events, confidence)
            answer |= limits("lognormal", [None if each is None else each * scale for each in lognormal])
        yield answer


def _intervals(events: int, confidence: float) -> dict[str, intervals.Interval]:
    return {
        "garwood": intervals.garwood(events, confidence),
        "midp": intervals.poisson_mid_p(events, confidence),
        "byar": intervals.byar(events, confidence),
    }


@calculator(
    "infection.sir",
    "标准化感染比",
    source="标准化感染比、标准化死亡比：观察数与期望数之比，mid-P 区间",
    input="observed:int expected",
    output="sir garwood[] midp[] byar[] midp_p exact_p shown_sir shown_lower shown_upper",
    parameters={"minimum_expected": at_least(1.0), "confidence": CONFIDENCE},
)
def sir(rows: Sequence[Row], minimum_expected: float, confidence: float) -> Iterator[dict[str, Any]]:
    """Observed over expected, with intervals, and what a page prints."""
    for row in rows:
        observed, expected = row["observed"], row["expected"]
        if not expected:
            yield {}
            continue
        answer: dict[str, Any] = {"sir": observed / expected}
        for name, both in _intervals(observed, confidence).items():
            answer |= limits(name, [each / expected for each in both])
        answer["midp_p"] = intervals.doubled(intervals.poisson_tails(observed, expected))
        answer["exact_p"] = intervals.doubled(intervals.poisson_exact_tails(observed, expected))
        if expected >= minimum_expected:
            answer |= {"shown_sir": answer["sir"], "shown_upper": answer["midp_upper"]}
            answer["shown_lower"] = answer["midp_lower"] if observed else None
        yield answer


@calculator(
    "infection.rate_ratio",
    "两率之比",
    source="以合计数为条件的二项分布：mid-P 与 Clopper-Pearson",
    input="events_1:int persontime_1 events_2:int persontime_2",
    output="rate_ratio midp[] fisher[] midp_p fisher_p",
    parameters={"confidence": CONFIDENCE},
)
def rate_ratio(rows: Sequence[Row], confidence: float) -> Iterator[dict[str, Any]]:
    """The first rate over the second."""
    for row in rows:
        two = TwoRates((row["events_1"], row["events_2"]), (row["persontime_1"], row["persontime_2"]))
        if not two.comparable:
            yield {}
            continue
        yield {
            "rate_ratio": two.ratio,
            **limits("midp", two.mid_p(confidence)),
            **limits("fisher", two.fisher(confidence)),
            "midp_p": two.mid_p_probability,
            "fisher_p": two.fisher_probability,
        }


@calculator(
    "infection.proportion_interval",
    "构成比的置信区间",
    source="Clopper & Pearson 1934；Wilson 1927",
    input="x:int n:int",
    output="percent clopper[] wilson[]",
    parameters={"confidence": CONFIDENCE},
)
def proportion_interval(rows: Sequence[Row], confidence: float) -> Iterator[dict[str, Any]]:
    """A proportion in percent with two intervals."""
    for row in rows:
        _not_more(row, "x", "n")
        if not row["n"]:
            yield {}
            continue
        exact = intervals.clopper_pearson(row["x"], row["n"], confidence)
        score = intervals.wilson(row["x"], row["n"], confidence)
        yield {
            "percent": row["x"] / row["n"] * PERCENT,
            **limits("clopper", [each * PERCENT for each in exact]),
            **limits("wilson", [each * PERCENT for each in score]),
        }


def _not_more(row: Row, part: str, whole: str) -> None:
    if row[part] > row[whole]:
        raise BadInput.at(row["line"], part, row[part], f"大于“{whole}”的值“{row[whole]}”，请核对。")


@calculator(
    "infection.indicator",
    "指标",
    source="医院感染质量控制指标：分子÷分母×系数",
    input="numerator denominator multiplier",
    output="value",
)
def indicator(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Numerator over denominator times multiplier; it may exceed 100 %."""
    for row in rows:
        yield {"value": ratio(row["numerator"], row["denominator"], row["multiplier"])}


@calculator(
    "infection.sir_by_stratum",
    "按参考率求期望",
    source="间接标准化：期望数为各层分母与参考率之积",
    input=(
        "set:text stratum:text observed:int denominator multiplier reference_rate? reference_events?"
        " reference_denominator?"
    ),
    output="set stratum observed rate reference_rate expected sir shown_sir",
    parameters={"minimum_expected": at_least(1.0)},
    by_row=False,
)
def sir_by_stratum(rows: Sequence[Row], minimum_expected: float) -> Iterator[dict[str, Any]]:
    """Each stratum, and the total of each set."""
    sets: dict[str, list[Stratum]] = {}
    for row in rows:
        sets.setdefault(row["set"], []).append(
            Stratum(
                row["stratum"], row["observed"], row["denominator"], row["multiplier"], row["reference_rate"],
                row["reference_events"], row["reference_denominator"],
            )
        )  # fmt: skip
    for name, each in measured.standardised(sets):
        yield {
            "set": name, "stratum": each.name, "observed": each.observed, "rate": each.rate,
            "reference_rate": each.reference, "expected": each.expected, "sir": each.ratio,
            "shown_sir": each.shown(minimum_expected),
        }  # fmt: skip


@calculator(
    "infection.process",
    "过程指标",
    source="医院感染管理质量控制指标；手卫生依从性监测",
    input="unit:text item:text value",
    output="unit indicator percent",
    choices={"item": sorted(measured.PROCESS_ITEMS)},
    by_row=False,
)
def process(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The indicators of each unit whose items are there."""
    for unit, items in measured.summed(rows, "unit").items():
        for each in measured.PROCESS:
            if each.reported(items):
                yield {"unit": unit, "indicator": each.name, "percent": each.of(items)}


@calculator(
    "infection.occupational",
    "职业暴露率",
    source="职业暴露监测：每百人年暴露数",
    input="job:text exposures:int person_years",
    output="job rate_per_100_person_years",
    by_row=False,
)
def occupational(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Exposures per 100 person-years of each job, and of all together."""
    column = "rate_per_100_person_years"
    for row in rows:
        yield {"job": row["job"], column: ratio(row["exposures"], row["person_years"], PERCENT)}
    years, exposures = sum(row["person_years"] for row in rows), sum(row["exposures"] for row in rows)
    yield {"job": "ALL", column: ratio(exposures, years, PERCENT)}


@calculator(
    "infection.resistance",
    "耐药率",
    source="多重耐药菌监测：每位患者首株，剔除主动筛查",
    input="patient:text date:date specimen:text organism:text drug:text result:text?",
    output="question numerator denominator percent rankable",
    choices={
        "specimen": (
            "BL",
            "SP",
            "BAL",
            "UR",
            "UC",
            "CSF",
            "PL",
            "AS",
            "WD",
            "PUS",
            "CAT",
            "ST",
            "BI",
            "TI",
            "TH",
            "SCR",
            "OT",
        ),
        "result": ("S", "I", "R", "SDD"),
    },
    parameters={"questions": Parameter([]), "minimum_isolates": at_least(30)},
    by_row=False,
)
def resistance(rows: Sequence[Row], questions: list[Any], minimum_isolates: int) -> Iterator[dict[str, Any]]:
    """How many isolates resist, question by question."""
    isolates = [
        drugs.Tested(row["patient"], row["date"], row["specimen"], row["organism"], row["drug"], row["result"])
        for row in rows
    ]
    if not questions:
        raise BadInput("参数“questions”没有填写，请至少列出一个问题。")
    for asked in map(_question, questions):
        numerator, denominator = asked.answer(isolates)
        yield {
            "question": asked.name,
            "numerator": numerator,
            "denominator": denominator,
            "percent": ratio(numerator, denominator, PERCENT),
            "rankable": denominator >= minimum_isolates,
        }


_QUESTION = {
    "first_isolate": Parameter(True),
    "include_screening": Parameter(False),
    "count": Parameter("R", choices=("R", "RI")),
}


def _question(said: Any) -> drugs.Question:
    needed = ("question", "organism", "drug")
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in needed):
        raise BadInput(f"参数“questions”的一项“{said}”不完整，请写明 question、organism 和 drug。")
    for name in said:
        if name not in (*needed, *_QUESTION):
            raise BadInput(f"参数“questions”中没有“{name}”，请核对。")
    rest = {name: each.accept(name, said.get(name, each.default)) for name, each in _QUESTION.items()}
    return drugs.Question(*(said[name] for name in needed), **rest)


@calculator(
    "infection.antimicrobial_use",
    "使用强度",
    source="WHO ATC/DDD；抗菌药物临床应用监测：每百人天限定日剂量",
    input="drug:text atc:text route:text grams ddd_g?",
    output="drug route ddds aud",
    choices={"route": ("O", "P")},
    parameters={"patient_days": Parameter(None)},
    by_row=False,
)
def antimicrobial_use(rows: Sequence[Row], patient_days: Any) -> Iterator[dict[str, Any]]:
    """Daily doses of each drug, and of all together."""
    days = at_least(0.0).accept("patient_days", "没有填写" if patient_days is None else patient_days)
    known, doses = drugs.daily_doses(), []
    for row in rows:
        dose = row["ddd_g"] or known.get((row["atc"], row["route"]))
        if not dose:
            raise BadInput.at(row["line"], "atc", row["atc"], "没有这一给药途径以克计的限定日剂量，请填写“ddd_g”。")
        doses.append(row["grams"] / dose)
        yield {
            "drug": row["drug"],
            "route": row["route"],
            "ddds": doses[-1],
            "aud": drugs.use_density(doses[-1:], days),
        }
    yield {"drug": "TOTAL", "ddds": sum(doses), "aud": drugs.use_density(doses, days)}
