"""What a verification found, in words: each finding names a row, a seal or a line of the witness file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yizheng.registry.reading import kind_of_table
from yizheng.registry.seals.leaves import Leaf, Part, Place

_LEDGER_TITLES = {
    "registry_change": "变更",
    "registry_subject": "主体",
    "registry_basis": "决定依据",
    "registry_keptline": "未回退的登记项",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed. `table` and `row` are there when a row can be named."""

    text: str
    table: str | None = None
    row: int | None = None
    position: int | None = None


def title_of(table: str) -> str:
    """What a person calls the rows of a table."""
    if table in _LEDGER_TITLES:
        return _LEDGER_TITLES[table]
    try:
        return kind_of_table(table).kind_title()
    except LookupError:
        return table


def differences(kept: Iterable[Leaf], found: Iterable[Leaf], tables: Sequence[str]) -> Iterator[Finding]:
    """Compare the leaves kept with those the database gives now."""
    before, now = dict(kept), dict(found)
    for place in sorted(before.keys() | now.keys()):
        if place not in now or place not in before:
            yield _finding(place, tables, _SENTENCES.get((place in before, place.part), _ELSEWHERE))
        elif before[place] != now[place]:
            yield _finding(place, tables, "内容与封存时不符")


_ELSEWHERE = "封存页记着不存在的一项"
_SENTENCES: dict[tuple[bool, int], str] = {
    **{(True, part): "已封存的这一行被删除或改到别处" for part in Part},
    **{(False, part): "封存时没有这一行，是事后插入或改动的" for part in Part},
    (True, Part.CLOSED): "封存时已由该变更关闭，现在关闭标记被改动或行被删除",
    (False, Part.CLOSED): "封存时没有被该变更关闭，关闭标记是事后改动的",
}


def _finding(place: Place, tables: Sequence[str], sentence: str) -> Finding:
    table = tables[place.relation] if place.relation < len(tables) else "未知数据表"
    text = f"{title_of(table)}（{table}）第 {place.row} 行：{sentence}（序位 {place.position}）"
    return Finding(text, table, place.row, place.position)
