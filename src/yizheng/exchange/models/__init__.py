"""The tables of exchange: partners and packages, and the messages of channels in both directions."""

from yizheng.exchange.models.messages import (
    Attempt,
    Circuit,
    Difference,
    Incoming,
    IncomingState,
    Message,
    MessageState,
    Reconciliation,
    UsedNonce,
)
from yizheng.exchange.models.packages import Direction, Outcome, Package, PackageState, Partner
from yizheng.exchange.models.subscriptions import Subscription

__all__ = [
    "Attempt", "Circuit", "Difference", "Direction", "Incoming", "IncomingState", "Message", "MessageState", "Outcome", "Package",
    "PackageState", "Partner", "Reconciliation", "Subscription", "UsedNonce",
]  # fmt: skip
