"""The channel of the city's unified acceptance platform: cases in, every act on every case out, in the order in which it happened.

One clock owner: the due day is computed here and told. The platform may be away for days; silence still accepts.
"""

from collections.abc import Sequence

from yizheng.exchange.channels.declaring import Channel, MessageKind
from yizheng.exchange.channels.outbox import post, running
from yizheng.exchange.channels.running import declare_running
from yizheng.gateway.acceptance import taking, telling
from yizheng.licensing.ports.followers import Happened
from yizheng.people.scope import acting_as_system

SAMPLE = {"project_no": "26-000001", "event": "accept", "event_time": "20260302T090000"}
ACCEPTANCE = declare_running(
    Channel(
        "acceptance",
        "市统一受理平台",
        "city-acceptance",
        "统一受理平台收件，办理过程逐步推送：补正、受理、环节、特别程序、办结、送达；到期日由本平台计算",
        tuple(MessageKind(code, title, "办件编号", SAMPLE) for code, title in telling.TITLES.items()),
        takes={
            "receive": taking.receive, "correct": taking.correct, "deliver": taking.deliver, "rate": taking.rate,
        },
        batch=50,
        owner="接口工程师",
    )
)  # fmt: skip


def tell(happened: Sequence[Happened]) -> None:
    """Enter what these acts have the platform told, where it is connected."""
    if ACCEPTANCE in running():
        with acting_as_system(f"通道 {ACCEPTANCE.title}"):
            post(ACCEPTANCE, telling.drafts(happened), cause="cases")
