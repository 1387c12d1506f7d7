"""What the audit trail calls the acts of the system."""

from yizheng.people.auditing.wording import declare_words
from yizheng.systems.infection.reporting.lifecycle import VERBS

declare_words(
    {
        **{f"infection.{code}": f"感染监测：{each.words}" for code, each in VERBS.items()},
        "infection.unit": "登记监测科室",
        "infection.alarm": "核实聚集预警",
        "infection.outbreak": "办理暴发事件",
        "infection.package": "接收监测数据包",
        "infection.sender": "登记医院系统的公钥",
        "infection.recovery": "办理恢复数据",
        "infection.map": "对照监测代码",
        "infection.settle": "认可问题数据的说明",
        "infection.plan": "增加监测报表",
        "infection.answer": "答复问题数据",
    },
    {},
)
