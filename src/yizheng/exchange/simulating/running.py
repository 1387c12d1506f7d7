"""A simulated partner ready to listen: its channels, and the faults it was told to have."""

from collections.abc import Sequence

from yizheng.exchange.keys import own_keys
from yizheng.exchange.simulating.counterpart import FAULTS
from yizheng.exchange.simulating.partners import HOST, PARTNERS
from yizheng.exchange.simulating.server import Simulator


class NotSimulated(Exception):
    """No such partner or fault; the message names those there are, in Chinese."""


def prepared(code: str, port: int | None, faults: Sequence[str]) -> Simulator:
    """The partner of a code at its port or another, with faults as ``timeout=0.05``. Raises NotSimulated."""
    if code not in PARTNERS:
        known = "；".join(f"{each.code} {each.title}" for each in PARTNERS.values())
        raise NotSimulated(f"没有“{code}”的模拟器，可以模拟的有：{known}")
    chosen = PARTNERS[code]
    channels = {name: make() for name, make in chosen.channels.items()}
    for name, each in channels.items():
        each.remember(name)
    for text in faults:
        name, _, rate = text.partition("=")
        if name not in FAULTS:
            raise NotSimulated("故障有：" + "；".join(f"{each} {words}" for each, words in FAULTS.items()))
        for each in channels.values():
            each.faults.rates[name] = float(rate or 1)
    return Simulator((HOST, chosen.port if port is None else port), channels, own_keys().signing.public_key(), code)
