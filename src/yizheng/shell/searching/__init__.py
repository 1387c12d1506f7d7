"""The search of the top bar: one line, answered by every room that has declared what it finds."""

from yizheng.shell.searching.sources import Hit, Source, declare, sources

__all__ = ["Hit", "Source", "declare", "sources"]
