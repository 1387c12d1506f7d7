"""How an obligation stands: the state word, the evidence in a sentence, where to read it."""

from dataclasses import dataclass
from datetime import date

PROVEN, LACKING, LATE, WAITING, IDLE = "已取证", "缺证据", "已超期", "待办", "未触发"


@dataclass(frozen=True, slots=True)
class Found:
    """How an obligation stands: its state word, the evidence in a sentence, where to read it, when it is due next."""

    state: str
    sentence: str
    url: str = ""
    due: date | None = None
