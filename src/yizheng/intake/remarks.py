"""What is said of a file besides its rows: what of it was not used, not shown, or changed on reading.

A silent change is the worst fault of a reader; every file's remarks stand on its page and on the command line.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from yizheng.intake.files import Source
from yizheng.intake.files.plain_text import CHANGES
from yizheng.intake.formats import Format
from yizheng.intake.headings import Placing

HIDDEN, UNHEADED = "hidden", "unheaded"
_COUNTED = {
    HIDDEN: "行在文件中是隐藏的，仍按内容核对；如不应接收，请删除这些行后重新上传",
    UNHEADED: "行在没有表头的列中有内容，没有使用",
    **CHANGES,
}


def remarks_of(declared: Format, source: Source, placings: Mapping[str, Placing], changes: Counter[str]) -> list[str]:
    """The remarks on a file that was read."""
    said = list(source.unread)
    others = [table.name for table in source.tables if table.name not in placings]
    if others:
        said.append(f"没有本格式表头的表没有读取：{_list(others)}")
    for table in source.tables:
        placing = placings.get(table.name)
        if placing is None:
            continue
        if placing.unplaced:
            said.append(f"“{table.name}”中没有使用的列：{_list(placing.unplaced)}")
        hidden = [one.heading for one in declared.columns if placing.cells.get(one.name) in table.hidden_columns]
        if hidden:
            said.append(f"“{table.name}”中隐藏的列仍按内容核对：{_list(hidden)}")
    return [*said, *(f"{changes[kind]} {words}" for kind, words in _COUNTED.items() if changes[kind])]


def _list(names: Iterable[str]) -> str:
    found = list(names)
    more = f"等 {len(found)} 个" if len(found) > 20 else ""
    return "、".join(found[:20]) + more
