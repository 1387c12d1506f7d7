"""What is wrong with the values of one examination: impossible, inconsistent with one another, or changed too much in a year.

An impossible value is not taken in and its row waits. An inconsistency is a query for the person who checks: she signs it with
the row. Rules are pure; bounds belong to the good side.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from yizheng.systems.sequelae.examinations.fields import fields

Values = Mapping[str, float]
STOPS, QUERY = "stops", "query"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the rule, the item it stands at, the sentence, and whether the row waits."""

    rule: str
    code: str
    said: str
    level: str = QUERY


def impossible(values: Values) -> Iterator[Fault]:
    """Values outside what a body can have."""
    for code, value in values.items():
        field = fields()[code]
        if not field.possible(value):
            said = f"{field.title} {value:g} 超出可能范围 {field.least:g}～{field.most:g}，请核对单位和小数点"
            yield Fault("X01", code, said, STOPS)


Rule = Callable[[Values], str]


def _pair(low: str, high: str, words: str) -> Rule:
    """The first of two items must not exceed the second."""
    return lambda v: words if v[low] > v[high] else ""


def _pulse_pressure(v: Values) -> str:
    difference = v["sbp"] - v["dbp"]
    if difference <= 0:
        return "收缩压应高于舒张压，两值可能填反"
    return "" if 10 <= difference <= 120 else f"脉压差 {difference:g} mmHg，少于 10 或者多于 120，请核对"


def _near(code: str, computed: Callable[[Values], float], within: float, words: str) -> Rule:
    def rule(v: Values) -> str:
        expected = computed(v)
        return "" if abs(v[code] - expected) <= within + 1e-9 else f"{words}，按其他项目计算为 {expected:.4g}"

    return rule


def _share(code: str, computed: Callable[[Values], float], share: float, words: str) -> Rule:
    def rule(v: Values) -> str:
        expected = computed(v)
        near = abs(v[code] - expected) <= share * abs(expected) + 1e-9
        return "" if near else f"{words}，按其他项目计算为 {expected:.4g}"

    return rule


_CELLS = ("neut_pct", "lymph_pct", "mono_pct", "eos_pct", "baso_pct")
CONSISTENT: Mapping[str, tuple[tuple[str, ...], Rule]] = {
    "X02": (("sbp", "dbp"), _pulse_pressure),
    "X03": (("bmi", "height", "weight"),
            _near("bmi", lambda v: v["weight"] / (v["height"] / 100) ** 2, 0.2, "体重指数与身高体重不符")),
    "X04": (("fev1", "fvc"), _pair("fev1", "fvc", "FEV1 不能大于 FVC")),
    "X05": (("fev1_fvc", "fev1", "fvc"),
            _near("fev1_fvc", lambda v: v["fev1"] / v["fvc"], 0.01, "一秒率与 FEV1、FVC 不符")),
    "X06": (("rv", "frc"), _pair("rv", "frc", "残气量不能大于功能残气量")),
    "X07": (("frc", "tlc"), _pair("frc", "tlc", "功能残气量不能大于肺总量")),
    "X08": (("kco", "dlco", "va"), _share("kco", lambda v: v["dlco"] / v["va"], 0.02, "弥散常数与 DLCO、VA 不符")),
    "X09": (("hct", "hgb"), _share("hct", lambda v: 3 * v["hgb"] / 1000, 0.15, "红细胞压积与血红蛋白不符")),
    "X10": (("ldl", "hdl", "tc"),
            lambda v: "低密度与高密度脂蛋白之和大于总胆固醇" if v["ldl"] + v["hdl"] > v["tc"] else ""),
    "X11": (_CELLS, lambda v: "" if abs(sum(v[c] for c in _CELLS) - 100) <= 1.5 + 1e-9 else
            f"白细胞分类合计 {sum(v[c] for c in _CELLS):.4g}%，应为 100%"),
    "X12": (("dbil", "tbil"), _pair("dbil", "tbil", "直接胆红素不能大于总胆红素")),
    "X13": (("alb", "tp"), _pair("alb", "tp", "白蛋白不能大于总蛋白")),
    "X14": (("rv_tlc", "rv", "tlc"), _near("rv_tlc", lambda v: 100 * v["rv"] / v["tlc"], 1, "残总比与残气量、肺总量不符")),
}  # fmt: skip
"""For each rule the items it needs, the first of which it is told at, and what it says when it is broken."""


def inconsistent(values: Values) -> Iterator[Fault]:
    """Values that contradict one another; a rule whose items are not all there says nothing."""
    for rule, (needs, ask) in CONSISTENT.items():
        if values.keys() >= set(needs) and (said := ask(values)):
            yield Fault(rule, needs[0], said)


def outside(on: date | None, year: int) -> Iterator[Fault]:
    """A day of examination that is not of the round's year; one of neither neighbouring year cannot be."""
    if on is not None and on.year != year:
        level = QUERY if abs(on.year - year) == 1 else STOPS
        yield Fault("X21", "day", f"体检日期 {on:%Y-%m-%d} 不在 {year} 年度", level)


T_SCORES, THIN = ("t_l14", "t_fn", "t_hip"), -2.5
OF_MEN, OF_WOMEN = ("前列腺", "睾丸"), ("子宫", "卵巢", "宫颈", "附件区")


def contradicted(values: Values, text: str, sex: str) -> Iterator[Fault]:
    """Words that do not go with the values, or with the sex; the value is trusted and the words are asked about."""
    low = next((code for code in T_SCORES if values.get(code, 0.0) <= THIN), None)
    if low and "骨密度正常" in text.replace(" ", ""):
        yield Fault("X19", low, f"{fields()[low].title} {values[low]:g} 与文字“骨密度正常”不符，以数值为准")
    others = {"male": OF_WOMEN, "female": OF_MEN}.get(sex, ())
    for word in others:
        if word in text:
            yield Fault("X20", "", f"文字提到“{word}”，与登记的性别不符，请核对是不是这个人的记录")
            return


LABORATORY, TIMES = ("blood_count", "biochemistry"), 3
HEIGHT_YEARLY, HEIGHT_FRACTURE, WEIGHT_SHARE = 2.0, 4.0, 0.15


def changed(values: Values, before: Values, years: float) -> Iterator[Fault]:
    """Changes since the last examination that a body does not make in so many years, and stages that go backwards."""
    span = max(1.0, years)
    if "height" in values and "height" in before:
        lost = before["height"] - values["height"]
        if abs(lost) > HEIGHT_YEARLY * span:
            fracture = "，另须排除椎体骨折" if lost > HEIGHT_FRACTURE else ""
            yield Fault("X15", "height", f"身高较上次变化 {-lost:+.1f} cm{fracture}")
    if "weight" in values and "weight" in before:
        share = (values["weight"] - before["weight"]) / before["weight"]
        if abs(share) > WEIGHT_SHARE * span + 1e-9:
            yield Fault("X16", "weight", f"体重较上次变化 {share:+.0%}")
    for code in values.keys() & before.keys():
        field, now, then = fields()[code], values[code], before[code]
        if field.group in LABORATORY and min(now, then) > 0 and max(now / then, then / now) >= TIMES:
            yield Fault("X22", code, f"{field.title} 由 {then:g} 变为 {now:g}，相差 {TIMES} 倍以上，请核对单位和小数点")
    for side, title in (("l", "左"), ("r", "右")):
        code = f"collapse_{side}"
        if code in values and before.get(code, 0) > values[code]:
            yield Fault("X17", code, f"{title}股骨头塌陷由 {before[code]:g} mm 变为 {values[code]:g} mm，塌陷不会恢复")


def faults(values: Values, before: Values | None, years: float) -> list[Fault]:
    """Everything wrong with one examination."""
    stopped = list(impossible(values))
    possible = {code: value for code, value in values.items() if code not in {each.code for each in stopped}}
    return [*stopped, *inconsistent(possible), *(changed(possible, before, years) if before else ())]
