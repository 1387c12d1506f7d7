"""The scores of one questionnaire in words; an incomplete one is not scored, and that is said.

SCL-90 is filled in from 1 to 5 in China; who used 0 to 4 adds one before the norm of 1986 is used, so the version says which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yizheng.systems.sequelae import psqi, scales, sf36
from yizheng.systems.sequelae.tables import rows

Answers = Sequence[int | None]
SCALES = {
    "PHQ-9": "抑郁症状 PHQ-9", "GAD-7": "焦虑症状 GAD-7", "SCL-90": "症状自评 SCL-90", "PCL-5": "创伤后应激 PCL-5",
    "IES-R": "事件影响 IES-R", "SAS": "焦虑自评 SAS", "SDS": "抑郁自评 SDS", "SF-36": "生活质量 SF-36",
    "HADS": "医院焦虑抑郁 HADS", "PSQI": "睡眠质量 PSQI",
}  # fmt: skip
VERSIONS: Mapping[str, tuple[str, ...]] = {"SCL-90": ("1-5", "0-4")}
CUT = {"PCL-5": 33.0, "IES-R": 33.0}
GRADES = {
    "minimal": "无", "mild": "轻度", "moderate": "中度", "moderately_severe": "中重度", "severe": "重度", "normal": "正常",
    "borderline": "可疑", "case": "肯定", "above": "达到界值", "below": "未达界值",
}  # fmt: skip
SF36_TITLES = {
    "PF": "生理功能", "RP": "生理职能", "BP": "躯体疼痛", "GH": "总体健康", "VT": "活力", "SF": "社会功能",
    "RE": "情感职能", "MH": "精神健康",
}  # fmt: skip
SELF_HARM: Mapping[str, Sequence[int]] = {"PHQ-9": (9,), "SCL-90": scales.SCL90_SELF_HARM}
"""Items that speak of self-harm or of ending one's life."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a questionnaire comes to: whether it is whole, its figures by name, the sentence, and whether somebody must act."""

    complete: bool
    figures: Mapping[str, float] = field(default_factory=dict)
    words: str = "有漏答，不计分"
    alert: bool = False


HINTS = {"PSQI": "第 1、3 题写时刻（如 2230），第 2、4 题写分钟，其余写 0～3"}
"""How answers that are no grades are written."""


def bounds(scale: str, version: str) -> tuple[int, int]:
    """The least and the greatest answer."""
    part = scales.parts(scale)[0]
    shift = 1 if scale == "SCL-90" and version == "0-4" else 0
    return part.least - shift, part.most - shift


def items(scale: str) -> list[str]:
    """The numbers of the items as they are printed."""
    if scale == "SF-36":
        named = {item for row in rows("scales") if row["scale"] == scale for item in row["items"].split()}
        return sorted(named, key=lambda item: (int(item.rstrip("abcdefghij")), item))
    if scale == "PSQI":
        return list(psqi.ITEMS)
    return [str(number) for number in range(1, scales.length(scale) + 1)]


def allowed(scale: str, version: str, item: str) -> tuple[int, int]:
    """Which answers an item allows."""
    if scale == "PSQI":
        return psqi.RANGES.get(item, (0, 3))
    return (1, sf36.most(item) or 5) if scale == "SF-36" else bounds(scale, version)


def outcome(scale: str, version: str, answers: Answers) -> Outcome:
    """The outcome of the answers in the order of the items; an alert does not wait for a whole questionnaire."""
    if scale == "SF-36":
        return _quality_of_life(answers)
    if scale == "PSQI":
        return _sleep(answers)
    shift = 1 if scale == "SCL-90" and version == "0-4" else 0
    counted = [None if each is None else each + shift for each in answers]
    alert = any((answers[item - 1] or 0) > bounds(scale, version)[0] for item in SELF_HARM.get(scale, ()))
    if None in counted:
        return Outcome(complete=False, alert=alert)
    whole = [each for each in counted if each is not None]
    if scale == "SCL-90":
        return _symptoms(whole, alert=alert)
    if scale == "HADS":
        return _mood(whole)
    scored = scales.score(scale, whole, CUT.get(scale, 0))
    assert scored is not None, "a whole questionnaire is scored"
    figures = {"总分": float(scored.total), **{name: float(value) for name, value in scored.clusters.items()}}
    if scored.standard is not None:
        figures["标准分"] = float(scored.standard)
    return Outcome(True, figures, GRADES[scored.grade], alert)


def _symptoms(whole: Sequence[int], *, alert: bool) -> Outcome:
    scored = scales.Scl90(tuple(whole))
    names = {part.name: part for part in scales.parts("SCL-90")}
    figures = {"总分": float(scored.total), "阳性项目数": float(scored.positive)}
    figures |= {name: round(value, 2) for name, value in scored.factors.items() if name in names}
    return Outcome(True, figures, "筛查阳性" if scored.screens_positive else "筛查阴性", alert)


def _quality_of_life(answers: Answers) -> Outcome:
    said = {item: answer for item, answer in zip(items("SF-36"), answers, strict=True) if answer is not None}
    known = {name: round(value, 1) for name, value in sf36.scores(said).items() if value is not None}
    words = "，".join(f"{SF36_TITLES[name]} {value:g}" for name, value in known.items())
    return Outcome(len(said) == len(answers), known, words or "有漏答，不计分")


def _mood(whole: Sequence[int]) -> Outcome:
    """Anxiety and depression each for itself; there is no grade of both together."""
    totals = {part.title: part.total(whole) for part in scales.parts("HADS")}
    words = "，".join(f"{title}{GRADES[scales.grade('HADS', total)]}" for title, total in totals.items())
    return Outcome(
        True, {"总分": float(sum(totals.values())), **{name: float(each) for name, each in totals.items()}}, words
    )


def _sleep(answers: Answers) -> Outcome:
    said = {item: answer for item, answer in zip(psqi.ITEMS, answers, strict=True) if answer is not None}
    found = psqi.components(said)
    if found is None:
        return Outcome(
            complete=False, words="有漏答，不计分" if len(said) < len(answers) else "就寝、起床时刻不成立，不计分"
        )
    total = sum(found.values())
    words = "睡眠质量差" if total > psqi.BAD else "睡眠质量尚可"
    if psqi.BAD_ORIGINAL < total <= psqi.BAD:
        words += f"（原版以高于 {psqi.BAD_ORIGINAL} 分为差）"
    return Outcome(True, {"总分": float(total), **{name: float(each) for name, each in found.items()}}, words)
