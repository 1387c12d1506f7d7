"""安全台账: every item of 等保三级 and 密评 with the live check, test or document that proves it, or what is missing."""

from yizheng.people.tables import Asked, Choice, Column, State, Table
from yizheng.systems.service.pages.access import service_only
from yizheng.systems.service.security.proofs import LACKING, PROVEN, Proof, all_proofs


def _rows(asked: Asked) -> list[Proof]:
    return [each for each in all_proofs() if not asked["state"] or each.state == asked["state"]]


SECURITY = Table(
    "service_security",
    "安全台账",
    _rows,
    (
        Column("编号", "item.code", 8, css="together"),
        Column("标准", "item.standard", 24, css="together"),
        Column("控制点", lambda proof: proof.item.control, 14),
        Column("要求", "item.requirement", 36, css="name"),
        State("现在", "state", 10),
        Column("依据", "found", 50),
    ),
    guard=service_only,
    filters=(Choice("状态", "state", ((PROVEN, PROVEN), (LACKING, LACKING))),),
    size=100,
    template="service/table.html",
    says="等保三级和密评逐项：打开页面时当场检查，或者由测试、文件证明",
    tally="项",
)
