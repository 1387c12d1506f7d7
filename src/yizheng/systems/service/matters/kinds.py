"""The kinds of matters, in the order of the ledger."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.systems.service.matters.declaring import Field, MatterKind, Move, day_of
from yizheng.systems.service.rights import CONTRACTOR, READERS
from yizheng.systems.service.words import System

MANAGER, CLIENT = frozenset({Role.SERVICE_MANAGER}), frozenset({Role.CLIENT_MANAGER})
KEEPER, SECURITY, AUDIT = (frozenset({role}) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
REPAIR_DAYS: Mapping[str, int] = {"严重": 3, "高": 7, "中": 30, "低": 90}
"""By when a vulnerability is mended, by severity: set in the plan of operation, which the client confirms."""
ANSWER_DAYS = 30
"""By when a request of a person is answered; the law says in time (个人信息保护法 第五十条)."""
SYSTEMS = ("全部系统", *System.labels)


def _mended_by(content: Mapping[str, Any], opened: date) -> date:
    return opened + timedelta(days=REPAIR_DAYS[content["severity"]])


VULNERABILITY = MatterKind(
    "vulnerability", "漏洞", "附件1",
    "发现、定级、指派、修补、由另一人复测，限期按等级：严重 3 日、高 7 日、中 30 日、低 90 日",
    (
        Field("object", "对象", "主机、软件或者依赖的名称和版本"), Field("reference", "编号", "漏洞库编号", optional=True),
        Field("severity", "等级", choices=tuple(REPAIR_DAYS)), Field("found_by", "发现途径", "扫描、通报、依赖核对"),
    ),
    "待核实",
    (
        Move("assign", "核实并指派", ("待核实",), "处理中", CONTRACTOR, fields=(Field("owner", "负责人"),)),
        Move("exclude", "排除", ("待核实",), "已排除", MANAGER, "为什么不受影响"),
        Move("repair", "测试并修补", ("处理中",), "待核对", CONTRACTOR, "怎样测试、怎样修补"),
        Move("retested", "复测通过", ("待核对",), "已处置", CONTRACTOR, "复测的方法和结果", not_by=("repair",)),
        Move("still", "复测未通过", ("待核对",), "处理中", CONTRACTOR, "复测发现什么", not_by=("repair",)),
        Move("ask_risk", "申请接受风险", ("处理中",), "待批准", MANAGER, "理由和替代措施"),
        Move("take_risk", "同意接受风险", ("待批准",), "已结案", CLIENT, "同意的理由和期限"),
        Move("refuse_risk", "不同意", ("待批准",), "处理中", CLIENT, "为什么"),
    ),
    opens=CONTRACTOR, term=_mended_by,
)  # fmt: skip
TRAINING = MatterKind(
    "training", "培训", "5.2.3、11.4", "用户培训、保密教育、安全教育：计划、举办、签到和考核，甲方确认",
    (Field("topic", "内容", choices=("用户培训", "保密教育", "网络安全教育")), Field("planned", "计划日期", kind="day")),
    "待办",
    (
        Move("held", "登记举办", ("待办",), "待确认", MANAGER, "反馈和改进", fields=(
            Field("on", "举办日期", kind="day"), Field("people", "参加人数", kind="number"),
            Field("passed", "考核合格人数", kind="number"), Field("sheet", "签到表"))),
        Move("confirm", "确认", ("待确认",), "已完成", CLIENT),
        Move("cancel", "取消", ("待办",), "已取消", MANAGER, "取消的原因"),
    ),
    opens=MANAGER, term=lambda content, opened: day_of(content, "planned"),
)  # fmt: skip
UNDERTAKING = MatterKind(
    "undertaking", "保密承诺", "11.2、附件2", "逐人签署，离岗当日收回权限并提醒保密义务永久有效",
    (Field("role", "岗位"), Field("need", "需要接触的数据", "只写工作需要的")),
    "待确认",
    (
        Move("sign", "本人签署", ("待确认",), "有效", fields=(
            Field("agrees", "承诺", choices=("我已阅读保密协议，只为运维使用数据，离岗后继续保密",)),)),
        Move("leave", "离岗", ("有效",), "已收回", MANAGER, "交还的资料和设备，权限收回情况"),
    ),
    opens=MANAGER, names_account=True, readers=READERS | SECURITY,
)  # fmt: skip
MEDIA = MatterKind(
    "media", "介质和数据带离", "附件2 第5.2条、第6条", "默认不带离：先申请，甲方许可，加密，登记带出和归还或者销毁",
    (
        Field("purpose", "用途"), Field("data", "数据内容和类别"), Field("medium", "介质编号"),
        Field("encryption", "加密方式"), Field("back", "归还日期", kind="day"),
    ),
    "待批准",
    (
        Move("permit", "许可", ("待批准",), "准予", CLIENT, not_by=("open",)),
        Move("refuse", "不许可", ("待批准",), "不予处理", CLIENT, "为什么"),
        Move("out", "带出", ("准予",), "处理中", CONTRACTOR, fields=(Field("proof", "加密证明"),)),
        Move("back", "归还", ("处理中",), "待核对", CONTRACTOR, "归还时的状况"),
        Move("destroy", "销毁", ("处理中",), "待核对", CONTRACTOR, "销毁方法和见证人", fields=(Field("certificate", "销毁证明"),)),
        Move("check", "核对", ("待核对",), "已结案", CLIENT, "核对结果"),
    ),
    opens=CONTRACTOR, term=lambda content, opened: day_of(content, "back"),
)  # fmt: skip
HANDOVER = MatterKind(
    "handover", "移交", "5.2.6、12.2、附件3", "文件、源代码、环境、负责人更换的移交：列清单，甲方签收",
    (
        Field("what", "移交什么", choices=("技术文件", "源代码和构建", "环境和设备", "项目负责人责任", "数据返还")),
        Field("listed", "清单", "名称、版本、份数、摘要"),
    ),
    "待确认",
    (
        Move("receive", "签收", ("待确认",), "已完成", CLIENT, not_by=("open",)),
        Move("lacks", "退回补齐", ("待确认",), "待改正", CLIENT, "缺什么"),
        Move("again", "补齐", ("待改正",), "待确认", MANAGER, "补了什么"),
    ),
    opens=MANAGER,
)  # fmt: skip
RIGHTS_REVIEW = MatterKind(
    "rights_review", "权限复核", "附件2 第5.2条、GB/T 22239 8.1.4.2", "每季度一次：系统管理员列出，安全管理员逐项核对，审计管理员确认",
    (Field("quarter", "季度", "如 2026年第4季度"),),
    "待核对",
    (
        Move("reviewed", "核对完毕", ("待核对",), "待确认", SECURITY, "核对的结论", not_by=("open",), fields=(
            Field("kept", "保留授权数", kind="number"), Field("withdrawn", "应收回授权数", kind="number"))),
        Move("confirmed", "确认", ("待确认",), "已完成", AUDIT, "抽查的方法和结果", not_by=("open", "reviewed")),
        Move("again", "退回重核", ("待确认",), "待核对", AUDIT, "哪里不清楚"),
    ),
    opens=KEEPER, readers=READERS | KEEPER | SECURITY | AUDIT,
    term=lambda content, opened: opened + timedelta(days=14),
)  # fmt: skip
PERSON_REQUEST = MatterKind(
    "person_request", "个人信息请求", "个人信息保护法 第四十四条至第五十条",
    "本人提出查阅、更正、删除；删除由安全管理员销毁本人的密钥，登记在册期间依法保存、不能删除",
    (
        Field("asks", "请求", choices=("查阅和复制", "更正和补充", "删除", "解释处理规则")),
        Field("said", "说明", "不写证件号码和手机号码"),
    ),
    "待受理",
    (
        Move("accept", "受理", ("待受理",), "处理中", CLIENT),
        Move("answer", "答复", ("处理中",), "已办结", CLIENT, "怎样办的，本人在哪里可以看到"),
        Move("refuse", "不予处理", ("待受理", "处理中"), "不予处理", CLIENT, "理由（第五十条：拒绝应当说明理由）"),
        Move("propose_erasure", "提请删除", ("处理中",), "待批准", CLIENT, "不再需要保存的依据"),
        Move("erase", "销毁密钥", ("待批准",), "已处置", SECURITY, "核对的情况", not_by=("propose_erasure",)),
        Move("keep", "不同意删除", ("待批准",), "处理中", SECURITY, "还要保存的依据"),
        Move("withdraw", "撤回", ("待受理", "处理中"), "已撤回"),
    ),
    readers=CLIENT | SECURITY, term=lambda content, opened: opened + timedelta(days=ANSWER_DAYS),
)  # fmt: skip
PROCESSING = MatterKind(
    "processing", "个人信息处理记录", "个人信息保护法 第二十一条、第五十五条、第五十六条",
    "处理活动和影响评估：目的、种类、依据、风险和措施，甲方审批，每年复核",
    (
        Field("purpose", "目的和方式"), Field("kinds", "个人信息种类"),
        Field("basis", "依据", choices=("法定职责", "本人同意", "委托处理")), Field("risk", "对个人的影响和风险"),
        Field("measures", "保护措施"), Field("keeps", "保存期限"),
    ),
    "待批准",
    (
        Move("approve", "审批通过", ("待批准",), "有效", CLIENT, not_by=("open",)),
        Move("lacks", "退回修改", ("待批准",), "待改正", CLIENT, "缺什么"),
        Move("again", "修改", ("待改正",), "待批准", MANAGER, "改了什么"),
        Move("void", "停止处理", ("有效",), "已终止", MANAGER, "停止的原因和数据的去向"),
    ),
    opens=MANAGER, term=lambda content, opened: opened + timedelta(days=365),
)  # fmt: skip
EMERGENCY = MatterKind(
    "emergency", "应急预案和演练", "附件1", "预案写明等级、联络次序和第一小时的动作；演练记录用时和改进，甲方确认",
    (
        Field("what", "预案还是演练", choices=("预案", "演练")), Field("scenario", "情形"),
        Field("first_hour", "等级、联络次序和第一小时的动作"), Field("planned", "生效或者演练日期", kind="day"),
    ),
    "待办",
    (
        Move("done", "登记结果", ("待办",), "待确认", CONTRACTOR, "经过、用时和要改进的"),
        Move("confirm", "确认", ("待确认",), "已完成", CLIENT, not_by=("done",)),
        Move("again", "退回", ("待确认",), "待办", CLIENT, "缺什么"),
    ),
    opens=CONTRACTOR, term=lambda content, opened: day_of(content, "planned"),
)  # fmt: skip
ANNOUNCEMENT = MatterKind(
    "announcement", "公告", "5.1.3", "停机维护和服务通知：甲方同意后出现在“系统状态”页，维护窗口不计入可用率",
    (
        Field("system", "系统", choices=SYSTEMS), Field("kind", "种类", choices=("停机维护", "服务通知")),
        Field("begins", "开始", "如 2026-12-05 22:00", kind="moment"), Field("ends", "结束", kind="moment"),
        Field("text", "内容"),
    ),
    "待批准",
    (
        Move("publish", "同意发布", ("待批准",), "有效", CLIENT, not_by=("open",)),
        Move("refuse", "不同意", ("待批准",), "不予处理", CLIENT, "为什么"),
        Move("withdraw", "撤回", ("待批准", "有效"), "已撤回", MANAGER, "撤回的原因"),
    ),
    opens=CONTRACTOR,
)  # fmt: skip
IMPROVEMENT = MatterKind(
    "improvement", "改进任务", "10.2、10.6", "指标没有达到目标、同类诉求反复出现时开立：查根因，改进，由另一人核对效果",
    (Field("why", "缘由"), Field("line", "目录行或者指标", optional=True), Field("planned", "计划完成", kind="day")),
    "待办",
    (
        Move("cause", "写明根因", ("待办",), "处理中", CONTRACTOR, "根本原因和要做什么"),
        Move("done", "完成", ("处理中",), "待核对", CONTRACTOR, "做了什么"),
        Move("effective", "核对有效", ("待核对",), "已完成", READERS, "怎样看出有效", not_by=("done",)),
        Move("again", "无效，继续", ("待核对",), "处理中", READERS, "为什么无效", not_by=("done",)),
    ),
    opens=CONTRACTOR, term=lambda content, opened: day_of(content, "planned"),
)  # fmt: skip

KINDS: Mapping[str, MatterKind] = {
    each.code: each
    for each in (
        VULNERABILITY, IMPROVEMENT, PERSON_REQUEST, RIGHTS_REVIEW, UNDERTAKING, TRAINING, MEDIA, HANDOVER, PROCESSING,
        EMERGENCY, ANNOUNCEMENT,
    )
}  # fmt: skip
READ_BY = frozenset().union(*(each.readers for each in KINDS.values()))
"""Whoever reads at least one kind."""


def readable_kinds(account: Account) -> list[str]:
    """The kinds an account reads all of."""
    roles = roles_of(account)
    return [code for code, kind in KINDS.items() if not kind.readers.isdisjoint(roles)]
