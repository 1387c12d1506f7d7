"""What taking files in adds to the side of the desk's pages."""

from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.ruling.access import DESKS

declare("", "", [NavEntry("数据", "数据接收", "upload", "intake:batches", frozenset(DESKS), order=20)])
