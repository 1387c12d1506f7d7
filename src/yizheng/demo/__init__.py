"""The demonstration city: ``build`` writes it, ``accounts`` and ``notes`` say how to get in."""

from yizheng.demo.city import build
from yizheng.demo.sign_ins import accounts, notes

__all__ = ["accounts", "build", "notes"]
