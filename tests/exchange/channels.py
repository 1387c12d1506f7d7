"""A channel for the tests of the frame, its partner in this process, and messages about invented keys."""

from yizheng.exchange.channels.declaring import Came, Channel, Draft, MessageKind, Taken
from yizheng.exchange.simulating.counterpart import Counterpart


class Sample:
    """A channel with what it was given and a partner that can be told to fail."""

    def __init__(self, scope: int, subject: int) -> None:
        self.scope, self.subject = scope, subject
        self.came: list[Came] = []
        self.register: dict[str, str] = {}
        self.other = Counterpart()
        self.channel = Channel(
            "sample", "样例通道", "sample-partner", "样例", (MessageKind("fact", "样例报文", "编号", {"name": "样例"}),),
            again=lambda keys: [self.draft(key, self.register[key]) for key in keys if key in self.register],
            every=lambda days: list(self.register), takes={"fact": self.take}, batch=20,
        )  # fmt: skip

    def draft(self, key: str, name: str, *, ends: bool = False, **more: str) -> Draft:
        return Draft("fact", key, {"name": name}, self.subject, self.scope, ends=ends, **more)

    def take(self, came: Came) -> Taken:
        if came.payload.get("name") == "错":
            return Taken("name", "名称不在名单")
        self.came.append(came)
        return Taken()
