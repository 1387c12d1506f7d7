"""The demonstration city: ``build`` writes it, ``accounts`` and ``notes`` say how to get in."""

from yizheng.demo.city import DemoSummary, build
from yizheng.demo.sign_ins import accounts, notes

__all__ = ["DemoSummary", "accounts", "build", "notes"]
