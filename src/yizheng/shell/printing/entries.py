"""What the printing desk adds to the side of every office page."""

from yizheng.shell.access import DESKS
from yizheng.shell.navigation import NavEntry, declare

declare(
    "",
    "",
    [
        NavEntry("工作", "制证", "printer", "printing:desk", DESKS, order=60),
        NavEntry("数据", "制证台账", "books", "printing:ledger", DESKS, order=40),
    ],
)
