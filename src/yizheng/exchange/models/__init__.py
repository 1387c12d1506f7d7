"""The ledger of exchange, one concept a file."""

from yizheng.exchange.models.outcome import Outcome
from yizheng.exchange.models.package import Direction, Package, PackageState
from yizheng.exchange.models.partner import Partner

__all__ = ["Direction", "Outcome", "Package", "PackageState", "Partner"]
