"""The public words for where a registration stands, and the sentence that answers "may she practise?".

《中华人民共和国医师法》第十三条: nobody practises without registration. 暂停, 离岗, 注销, 吊销 and 撤销 are different acts
and keep different words; why somebody was suspended is published under the rules on penalties, not here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Public standings, by the codes of ``doctor_register_status``; what has a last day may also have expired."""

    REGISTERED = "REG"
    SUSPENDED_BY_PENALTY = "SUSP_PENAL"
    SUSPENDED_BY_ASSESSMENT = "SUSP_ASSESS"
    LEFT = "LEFT"
    DEREGISTERED = "DEREG"
    REVOKED = "REVOKED"
    ANNULLED = "ANNULLED"
    EXPIRED = "EXPIRED"


ENDED_BY_DEREGISTRATION = frozenset({Standing.DEREGISTERED, Standing.REVOKED, Standing.ANNULLED})
"""Standings whose beginning is announced: the registration is struck off, on whatever ground."""

SUSPENDED = frozenset({Standing.SUSPENDED_BY_PENALTY, Standing.SUSPENDED_BY_ASSESSMENT})

OVER = ENDED_BY_DEREGISTRATION | {Standing.EXPIRED}
"""Standings under which there is no registration any more."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a standing is called: the state word of the face, what follows it in brackets, the verdict, the rest."""

    state: str
    detail: str
    verdict: str
    explanation: str
    may_practise: bool = False

    @property
    def long(self) -> str:
        """The state word with what follows it."""
        return self.state + self.detail


_SUSPENDED = Words("暂停执业", "", "暂停执业，目前不得执业", "暂停期间不得执业。")

WORDS: dict[Standing, Words] = {
    Standing.REGISTERED: Words("在册", "（注册有效）", "可以执业", "", may_practise=True),
    Standing.SUSPENDED_BY_PENALTY: _SUSPENDED,
    Standing.SUSPENDED_BY_ASSESSMENT: _SUSPENDED,
    Standing.LEFT: Words("离岗备案", "", "已离岗备案，目前不得执业", "注册保留，目前没有执业机构。"),
    Standing.DEREGISTERED: Words("已注销", "", "注册已注销，不得执业", "重新执业须重新申请注册。"),
    Standing.REVOKED: Words("吊销", "（执业证书）", "执业证书已被吊销，不得执业", ""),
    Standing.EXPIRED: Words("有效期满", "", "有效期已满，不得执业", "继续执业须重新申请注册。"),
    Standing.ANNULLED: Words("撤销", "（执业注册）", "执业注册已被撤销，不得执业", ""),
}

NOT_REGISTERED = Words("无此项", "（没有执业注册）", "没有执业注册，不得执业", "")
"""Said of a day before there was any registration."""

NO_LONGER = Words("不在册", "（本市）", "现在本市没有执业注册，不得在本市执业", "在其他省市注册的，请到注册地查询。")
"""Said of a day after a registration that went on elsewhere: the same whether she moved or serves in the forces."""
