"""`./yizheng bench`: how fast it is, each question beside the limit or the peer that does the same."""

from yizheng.cli.bench.command import main

__all__ = ["main"]
