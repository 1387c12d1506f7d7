"""Filings at further institutions that stand already: extending and ending them."""

from yizheng.systems.doctors.items.filing.cancellation import FilingCancellation
from yizheng.systems.doctors.items.filing.extension import FilingExtension

__all__ = ["FilingCancellation", "FilingExtension"]
