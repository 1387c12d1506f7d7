"""What the audit trail calls the verbs of cases: the titles of their moves, the states they lead to, the items."""

from django.utils import timezone

from yizheng.licensing.catalogue import UnknownItemError, item
from yizheng.licensing.lifecycle import TABLES
from yizheng.licensing.states import CaseState
from yizheng.people.auditing.wording import declare_words

_OTHER = {
    "submit": "提交",
    "confirm": "机构确认",
    "withdraw": "撤回",
    "deliver": "送达",
    "open": "开始填写",
    "dispose": "处置提示",
    "propose": "依职权立案",
    "hand_in": "交材料",
    "transfer": "转办办件",
    "roll_back": "登记已回退",
    "undo_roll_back": "撤销回退",
}
"""What is no move, and moves that go by several titles."""


def _state(value: str) -> str:
    return CaseState(value).label if value in CaseState.values else value


def _item(code: str) -> str:
    try:
        return item(code, timezone.localdate()).title
    except UnknownItemError:
        return code


_MOVES = {move.verb: move.title for table in TABLES.values() for moves in table.values() for move in moves}
_PROBLEMS = {
    "problem.report": "登记问题数据", "problem.take": "接办问题数据", "problem.dismiss": "问题数据不予处理",
    "problem.correct": "更正登记", "problem.merge": "合并重复主体", "problem.split": "拆分误并主体",
    "problem.contact": "查看异议人联系方式",
}  # fmt: skip
declare_words(_PROBLEMS, {})
declare_words({f"case.{verb}": title for verb, title in {**_MOVES, **_OTHER}.items()}, {"to": _state, "item": _item})
