"""What taking files in adds to the side of the desk's pages."""

from yizheng.shell.access import DESKS
from yizheng.shell.navigation import NavEntry, declare

declare("", "", [NavEntry("数据", "数据接收", "upload", "intake:batches", frozenset(DESKS), order=20)])
