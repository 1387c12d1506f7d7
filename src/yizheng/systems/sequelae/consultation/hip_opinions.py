"""What an orthopaedic opinion says of a hip: stage with its system, type, extent, the Harris score; and what cannot be.

A stage is kept with its system: ARCO of 1994 and of 2019 use the same letters for different things. Opinions of different years
are compared by whether the head had collapsed, never by the letters. After a replacement there is no stage.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from yizheng.systems.sequelae import hips
from yizheng.systems.sequelae.tables import rows

SIDES = {"l": "左髋", "r": "右髋"}
STAGED = ("ARCO-2019", "ARCO-1994", "Ficat-Arlet", "Steinberg")
SURGERY = {"": "无", "core": "髓芯减压", "graft": "植骨", "tha": "全髋置换"}
REPLACED = "tha"
MOTION = {
    "flexion_deg": "屈曲（度）", "abduction_deg": "外展（度）", "external_rotation_deg": "外旋（度）", "adduction_deg": "内收（度）",
}  # fmt: skip
HARRIS = {
    "pain": "疼痛", "limp": "跛行", "support": "助行", "distance": "行走距离", "stairs": "上楼", "shoes": "穿鞋袜",
    "sitting": "坐", "transport": "公共交通", "deformity": "畸形",
}  # fmt: skip
DEFORMITIES = {
    "fixed_flexion": "固定屈曲达到 30 度", "fixed_adduction": "固定内收达到 10 度", "fixed_rotation": "伸直位固定内旋达到 10 度",
    "length": "双下肢相差达到 3.2 cm",
}  # fmt: skip
"""Four answers; the points of deformity are given only where all four are no."""
YES, NO = "yes", "no"
GRADES = {"excellent": "优", "good": "良", "fair": "可", "poor": "差"}
EARLY_MM = 2.0
"""The head's depression that separates IIIA from IIIB of ARCO 2019; just so much is still IIIA."""
Hip = Mapping[str, Any]


@cache
def stages() -> Mapping[str, tuple[str, bool | None]]:
    """Every stage by system and code: its words, and whether the head has collapsed."""
    collapsed = {"1": True, "0": False}
    return {
        f"{row['system']}:{row['code']}": (
            f"{row['system']} {row['title']}　{row['criterion']}",
            collapsed.get(row["collapsed"]),
        )
        for row in rows("staging")
    }


def stage_words(stage: str) -> str:
    """A stage as tables write it."""
    return stage.replace(":", " ") if stage else ""


def types() -> list[tuple[str, str]]:
    """The types of the China-Japan Friendship hospital."""
    return [(row["code"], f"{row['title']}　{row['criterion']}") for row in rows("staging") if row["system"] == "CJFH"]


def options(item: str) -> list[tuple[str, str]]:
    """The answers to an item of the Harris score, by points."""
    return [(row["points"], row["title"]) for row in rows("harris_options") if row["item"] == item]


def collapsed(hip: Hip) -> bool | None:
    """Whether the head has collapsed: by the stage, else by its depression; nothing known after a replacement."""
    if hip.get("surgery") == REPLACED:
        return None
    known = stages().get(hip.get("stage", ""), ("", None))[1]
    if known is None and hip.get("collapse") is not None:
        return float(hip["collapse"]) > 0
    return known


def tells(hip: Hip) -> bool:
    """Whether an opinion says anything of a hip that a later one must follow: collapsed or not, or replaced."""
    return hip.get("surgery") == REPLACED or collapsed(hip) is not None


def deformity(hip: Hip) -> float | None:
    """The points for deformity by its four answers: all or nothing; nothing known while one is missing and none is yes."""
    answers = [hip.get(name) or "" for name in DEFORMITIES]
    if YES in answers:
        return 0.0
    return 4.0 if all(each == NO for each in answers) else None


def harris(hip: Hip) -> float | None:
    """The Harris score; nothing while an item is not answered. An old opinion has the total alone."""
    if all(hip.get(item) is not None for item in (*HARRIS, *MOTION)):
        return sum(float(hip[item]) for item in HARRIS) + hips.motion({each: float(hip[each]) for each in MOTION})
    total = hip.get("harris")
    return None if total is None else float(total)


def harris_words(hip: Hip) -> str:
    """The score with what it is called."""
    total = harris(hip)
    return "" if total is None else f"{round(total, 2):g} {GRADES[hips.grade(total)]}"


def faults(hip: Hip, before: Hip | None) -> Iterator[str]:
    """What cannot be of one hip, and what does not follow from the opinion before it."""
    stage, depth = hip.get("stage", ""), hip.get("collapse")
    if hip.get("surgery") == REPLACED and (stage or depth):
        yield "已行全髋置换的髋不再分期，也不记塌陷"
    if stage == "ARCO-2019:IIIA" and depth is not None and depth > EARLY_MM:
        yield "ARCO 2019 IIIA 期塌陷不超过 2 mm"
    if stage == "ARCO-2019:IIIB" and depth is not None and depth <= EARLY_MM:
        yield "ARCO 2019 IIIB 期塌陷超过 2 mm"
    if before is None:
        return
    if before.get("surgery") == REPLACED and hip.get("surgery") != REPLACED:
        yield "此前已记录全髋置换"
    elif collapsed(before) and collapsed(hip) is False:
        yield f"此前（{stage_words(before.get('stage', '')) or '塌陷'}）已塌陷，塌陷的股骨头不会恢复，请核对影像"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an opinion of a hip: its name, its title, and how a value is written."""

    name: str
    title: str

    def words(self, hip: Hip) -> str:
        """The value as the tables write it."""
        value = hip.get(self.name)
        if self.name == "harris":
            return harris_words(hip)
        if self.name == "stage":
            return stage_words(value or "")
        if self.name == "surgery":
            return SURGERY[value or ""] + (f"（{hip['surgery_year']}）" if hip.get("surgery_year") else "")
        if isinstance(value, bool):
            return "有" if value else "无"
        return "" if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)


ITEMS = (
    Item("stage", "分期"), Item("type", "中日友好医院分型"), Item("volume", "坏死体积（%）"), Item("collapse", "塌陷（mm）"),
    Item("oedema", "骨髓水肿"), Item("effusion", "关节积液"), Item("vas", "疼痛 VAS"), Item("harris", "Harris 评分"),
    Item("surgery", "手术"),
)  # fmt: skip
TOLERANCE = {"volume": 10.0, "collapse": 1.0, "vas": 1.0, "harris": 10.0}
"""How far two experts may differ in a measure and still agree."""


def agree(item: str, one: Hip, other: Hip) -> bool:
    """Whether two experts agree: alike, or a measure within what two readings may differ."""
    first, second = (harris(hip) if item == "harris" else hip.get(item) for hip in (one, other))
    if item in TOLERANCE and first is not None and second is not None:
        return abs(float(first) - float(second)) <= TOLERANCE[item]
    return (first or None) == (second or None)
