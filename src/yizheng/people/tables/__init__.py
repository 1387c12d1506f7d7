"""Lists, declared once: one `Table` is the page, the print, the spreadsheet, the filter and the paging of a list.

The declaration stands in this room because the lowest lists of the platform are those of accounts and of the audit
trail; paper and spreadsheets are made by ``shell/leaving`` out of the same declaration. See ``docs/adding-a-list.md``.
"""

from yizheng.people.tables.asked import Asked
from yizheng.people.tables.columns import Actions, Code, Column, Number, Shown, State
from yizheng.people.tables.filters import Choice, Day, Kept, Month, Text
from yizheng.people.tables.keyset import Position, Source
from yizheng.people.tables.table import Link, Part, Table, UnknownTableError, declared, table_of

__all__ = [
    "Actions",
    "Asked",
    "Choice",
    "Code",
    "Column",
    "Day",
    "Kept",
    "Link",
    "Month",
    "Number",
    "Part",
    "Position",
    "Shown",
    "Source",
    "State",
    "Table",
    "Text",
    "UnknownTableError",
    "declared",
    "table_of",
]
