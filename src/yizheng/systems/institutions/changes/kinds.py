"""变更事项: the kinds of change an institution applies for, and which entries each may touch.

互联网诊疗 is a kind too; it is added by an item of its own, with conditions of its own (互联网诊疗管理办法 第七条、第八条).
"""

from collections.abc import Iterable, Mapping
from typing import Final

NAME, ADDRESS, LEGAL, PRINCIPAL = "name", "address", "legal_rep", "principal"
OWNERSHIP, OBJECTS, MODES, CAPITAL = "ownership", "service_object", "service_mode", "reg_capital"
SUBJECTS, BEDS, CHAIRS, NATURE = "subject", "beds", "chairs", "biz_nature"
TECHNIQUES = "techniques"

KINDS: Final[Mapping[str, str]] = {
    NAME: "名称",
    ADDRESS: "地点",
    LEGAL: "法定代表人",
    PRINCIPAL: "主要负责人",
    OWNERSHIP: "所有制形式",
    OBJECTS: "服务对象",
    MODES: "服务方式",
    CAPITAL: "注册资金（资本）",
    SUBJECTS: "诊疗科目",
    BEDS: "床位",
    CHAIRS: "牙椅",
    NATURE: "经营性质",
    TECHNIQUES: "诊疗技术",
}
OF_LICENSED = tuple(kind for kind in KINDS if kind != TECHNIQUES)
OF_CLINICS = (NAME, ADDRESS, LEGAL, PRINCIPAL, OWNERSHIP, MODES, SUBJECTS)
OF_TCM_CLINICS = (NAME, ADDRESS, PRINCIPAL, SUBJECTS, TECHNIQUES)
"""What is changed under which regime."""
SIZES: Final[Mapping[str, tuple[str, ...]]] = {BEDS: ("beds", "observation_beds"), CHAIRS: ("dental_chairs",)}
"""Which numbers of a place a kind may change."""
ENTRIES: Final[Mapping[str, tuple[str, ...]]] = {
    NAME: ("name",),
    OWNERSHIP: ("ownership", "economic_type"),
    OBJECTS: ("service_objects",),
    MODES: ("service_modes",),
    CAPITAL: ("capital",),
    NATURE: ("business_nature", "uscc"),
}
"""Which entries of the licence a kind states; the other kinds change places, parties and subjects."""


def choices(offered: Iterable[str]) -> list[tuple[str, str]]:
    """Kinds with their words, to choose from."""
    return [(kind, KINDS[kind]) for kind in offered]


def named(kinds: object) -> str:
    """The kinds in words, in their order."""
    chosen = set(kinds) if isinstance(kinds, list | tuple | set | frozenset) else set()
    return "、".join(title for code, title in KINDS.items() if code in chosen)
