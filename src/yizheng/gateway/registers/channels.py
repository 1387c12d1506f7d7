"""The channels that registers go out by: full when a partner is connected, then each change in the transaction that makes it.

The platform that supervises internet hospitals knows who may practise, and of a suspension within minutes.
"""

from functools import partial

from yizheng.exchange.channels.declaring import Channel, MessageKind
from yizheng.exchange.channels.running import declare_running
from yizheng.gateway.registers import entries

_SAMPLE = {"number": "110110108004217", "name": "林知夏", "standing": "REG", "may_practise": True}
MESSAGES = (
    MessageKind(
        entries.INSTITUTION,
        "医疗机构",
        "登记簿和主体",
        {"number": "E9999001", "name": "北京样例医院", "standing": "有效"},
    ),
    MessageKind("doctor", "医师", "登记簿和主体", _SAMPLE),
    MessageKind("nurse", "护士", "登记簿和主体", _SAMPLE),
)


def _declared(code: str, title: str, partner: str, says: str) -> Channel:
    return declare_running(
        Channel(
            code, title, partner, says, MESSAGES, collect=entries.of_changes, again=entries.again,
            every=partial(entries.full, code), batch=200, owner="接口工程师",
        )
    )  # fmt: skip


INTERNET_HOSPITALS = _declared(
    "internet_hospitals", "市互联网医院监管平台", "internet-hospitals",
    "医疗机构、医师、护士登记信息：接通时全量，此后随登记变更即时推送",
)  # fmt: skip
NATIONAL = _declared(
    "national_register", "国家电子化注册信息", "national-register",
    "医疗机构、医师、护士登记信息按证书编码和版本推送国家注册系统；登记交换对象后接通",
)  # fmt: skip
