"""The words of the service: systems, sections of the catalogue, kinds of work orders, channels, parties, entries."""

from django.db.models import TextChoices


class System(TextChoices):
    """The systems the contract covers; the letter begins the codes of their catalogue lines."""

    DOCTORS = "D", "医师电子化注册"
    NURSES = "N", "护士电子化注册"
    INSTITUTIONS = "I", "医疗机构电子化注册"
    ADVERTS = "A", "医疗广告联网管理"
    SUPERVISION = "S", "执业资质监管"
    INFECTION = "F", "医院感染控制管理"
    SEQUELAE = "Q", "非典后遗症人员健康管理"


class Section(TextChoices):
    """What kind of work a catalogue line pays for."""

    SYSTEM = "system", "系统运行维护"
    SUPPORT = "support", "技术支持"
    ONSITE = "onsite", "上门服务"
    DATA = "data", "数据处理"
    ANALYSIS = "analysis", "数据个性化分析"
    INTERFACE = "interface", "接口和公示"
    CONTENT = "content", "网站内容"


class OrderKind(TextChoices):
    """What a work order is about; the five demands are those of the city's regulation on answering complaints at once."""

    FAILURE = "failure", "故障"
    CONSULT = "consult", "咨询"
    HELP = "help", "求助"
    COMPLAINT = "complaint", "投诉"
    TIP_OFF = "tip_off", "举报"
    SUGGESTION = "suggestion", "建议"
    CHANGE = "change", "小变更"
    TASK = "task", "服务任务"
    VISIT = "visit", "上门服务"


DEMANDS = frozenset({OrderKind.CONSULT, OrderKind.HELP, OrderKind.COMPLAINT, OrderKind.TIP_OFF, OrderKind.SUGGESTION})


class Channel(TextChoices):
    """By which way it came."""

    PHONE = "phone", "热线电话"
    FAX = "fax", "传真"
    REMOTE = "remote", "网络远程"
    WEB = "web", "网页"
    ONSITE = "onsite", "现场"
    HOTLINE = "12345", "12345 转来"
    MONITOR = "monitor", "监测发现"


class Party(TextChoices):
    """Who is waited for, or by whose cause something failed."""

    CONTRACTOR = "contractor", "乙方"
    CLIENT = "client", "甲方"
    CLOUD = "cloud", "政务云"
    THIRD = "third", "第三方"
    FORCE_MAJEURE = "force_majeure", "不可抗力"


class EntryKind(TextChoices):
    """What may be written into the ledger of a work order; those of :class:`..ledger.Kind` move its clocks."""

    REPORT = "report", "报告，起计"
    AUTO_REPLY = "auto_reply", "自动回复，不计为答复"
    ANSWER = "answer", "首次有效答复"
    STEP = "step", "处理"
    NOTE = "note", "报告人补充，不动时钟"
    ARRIVED = "arrived", "到达现场"
    SIGNED = "signed", "用户签字"
    LEFT = "left", "离开现场"
    PAUSE = "pause", "等待，净计停"
    RESUME = "resume", "等待结束，净计续"
    WORKAROUND = "workaround", "提出临时办法"
    WORKAROUND_AGREED = "workaround_agreed", "用户同意临时办法"
    RESTORE = "restore", "恢复可用"
    REOPEN = "reopen", "再次发生"
    CAUSE_PROPOSED = "cause_proposed", "提出归因"
    CAUSE = "cause", "确认归因"
    ESTIMATE = "estimate", "估算人日"
    AGREED = "agreed", "同意变更"
    DECLINED = "declined", "不同意变更"
    CLOSE = "close", "办结"
    HANDED_ON = "handed_on", "转交主责单位"
    FOLLOW_UP = "follow_up", "回访"


class Satisfaction(TextChoices):
    """What the requester said when asked by somebody else than who handled the order."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    UNREACHABLE = "unreachable", "无法回访"
