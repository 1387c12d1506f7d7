"""The words for states, each with one icon and one kind: the only place where a colour is given a meaning.

A word that is not in the table is a mistake of the page that shows it and fails, so that no state can appear
without its icon or in a colour of its own. 注销, 吊销, 撤销 and 暂停 are four acts in law and stay four words.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a colour means: in force, running, needs a person, barred, not now, not begun or over."""

    OK = "ok"
    GO = "go"
    WARN = "warn"
    BAD = "bad"
    PAST = "past"
    END = "end"


@dataclass(frozen=True, slots=True)
class State:
    """One word with its kind and the name of its outline icon."""

    word: str
    kind: Kind
    icon: str


class UnknownState(LookupError):
    """A page used a word that is not in the table of states."""


TABLE: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.OK: {
        "circle-check": (
            "在册", "有效", "全部通过", "通过", "准予", "已入库", "及时", "一致", "已备案", "已处置", "可以", "可回退",
            "已完成", "已上传", "已签名", "在指定名单", "正常", "已办结", "采信", "已作出决定", "已作出结论", "已入册",
            "已授予", "低于预期", "已核实", "已认可", "已订正",
            "已给回", "已发布", "已注册", "已取证", "视为通过", "随访中", "已参检",
        ),
        "mail-check": ("已送达",),
    },
    Kind.GO: {
        "eye": ("审核中", "待审核", "待核查", "聚集，院内调查"),
        "hourglass": (
            "待院内审核", "待区级审核", "待市级审核", "已答复，待审核",
            "待批准", "排队中", "待核对", "待写入", "待授予", "待注册"),
        "building": ("待机构确认",),
        "player-play": ("运行中", "处理中", "进行中"),
        "arrow-forward-up": ("另行补偿",),
        "send": ("待送达", "已提交", "已告知", "已邀请"),
        "file-text": ("拟办",),
        "circle-dot": ("正在填写", "可提交"),
    },
    Kind.WARN: {
        "gavel": ("待决定", "待确认"),
        "alert-triangle": ("提示", "告警", "缺证据", "失访"),
        "edit": ("待补正", "待改正", "退回修改", "订正中"),
        "logout": ("离岗备案",),
        "tool": ("恢复中",),
        "calendar-due": ("即将到期", "待办"),
        "hand-stop": ("暂停执业", "暂停"),
    },
    Kind.BAD: {
        "circle-x": ("阻断", "错误", "不予给回", "不予许可", "不予受理", "不合格", "不一致", "不采信", "失败", "无效", "备案不成立",
            "不能接收", "未找到"),
        "clock-x": ("已超期",),
        "ban": ("吊销", "撤销"),
        "lock": ("不能回退",),
        "bell-ringing": ("待核实", "待核", "待答复", "待医院答复", "疑似暴发", "暴发"),
        "arrow-up": ("高于预期",),
    },
    Kind.PAST: {
        "player-pause": ("停计", "待确认归因"),
        "users": ("专家评审中", "听证中"),
        "stethoscope": ("鉴定中",),
        "lock": ("隔离", "已锁定"),
        "arrow-back-up": ("已回退",),
        "history": ("截至某日", "已换发"),
    },
    Kind.END: {
        "pencil": ("草稿", "有改动", "已撤下"),
        "inbox": ("待受理",),
        "mail-opened": ("补正已回",),
        "arrow-forward-up": ("已转办",),
        "circle-minus": ("已注销", "不在册", "已撤回", "已终止", "已取消", "不予处理", "已作废", "已收回", "迁出", "死亡"),
        "calendar-off": ("有效期满",),
        "minus": ("无此项", "未上传", "已排除", "已结案", "未参检"),
        "circle": ("未填写", "未开始", "未触发"),
        "equal": ("与预期相当", "无变化"),
    },
}  # fmt: skip

STATES: dict[str, State] = {
    word: State(word, kind, icon) for kind, icons in TABLE.items() for icon, words in icons.items() for word in words
}


def state(word: str) -> State:
    """The state a word stands for; `UnknownState` when the table does not have it."""
    try:
        return STATES[word]
    except KeyError:
        raise UnknownState(f"{word!r} is not a state word; add it to yizheng.shell.states.TABLE") from None
