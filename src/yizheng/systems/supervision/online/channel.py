"""The channel service data come in by: visits, prescriptions, evaluations, and each day's word about adverse events, empty days too."""

from yizheng.exchange.channels.declaring import Channel
from yizheng.exchange.channels.running import declare_running
from yizheng.systems.supervision.online import taking

declare_running(
    Channel(
        "internet_services", "互联网诊疗业务数据", "internet-hospitals",
        "只收不发：诊疗、处方、评价和每日不良事件（没有也要报），只用于核查", (),
        takes={
            taking.VISIT: taking.visit, taking.PRESCRIPTION: taking.prescription,
            taking.EVALUATION: taking.evaluation, taking.ADVERSE_DAY: taking.adverse_day,
        },
        owner="监督员",
    )
)  # fmt: skip
