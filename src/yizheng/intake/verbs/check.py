"""核对: read the kept file, check every row, stage what is good, ask the register. No fact is written.

The whole check is one transaction: a check that dies leaves the batch as it was, and is begun again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from django.db import transaction
from django.db.models import Count

from yizheng.documents.attachments import store
from yizheng.intake import staging
from yizheng.intake.ahead import one_ahead
from yizheng.intake.files import Source, Table, UnreadableFile, open_source
from yizheng.intake.files.tables import ROW
from yizheng.intake.formats import Format
from yizheng.intake.headings import Placing, kept_headings, place
from yizheng.intake.models import Batch, BatchState, Finding
from yizheng.intake.remarks import remarks_of
from yizheng.intake.rowing import Checked, check_block
from yizheng.intake.verbs import Refused
from yizheng.intake.verdicts import ACCEPTED, ROWS_OF_A_TABLE, judge
from yizheng.people.scope import acting_as_system
from yizheng.registry.models.knowledge import latest_position

Told = Callable[[int], None]
"""Called with the number of rows read so far."""


def check(batch: Batch, declared: Format, told: Told = lambda rows: None) -> Batch:
    """Check a batch that is not loaded yet, as often as one likes; the batch says what was found.

    A file that cannot be taken in at all leaves the batch refused, with the reason. Raises Refused.
    """
    if batch.change is not None or batch.state == BatchState.DISCARDED:
        raise Refused("批次已入册或已作废，不能再核对。")
    try:
        with acting_as_system(f"核对批次 batch:{batch.pk}"), transaction.atomic():
            _check(batch, declared, told)
    except UnreadableFile as refused:
        batch.state, batch.message = BatchState.REFUSED, str(refused)[:500]
        batch.unplaced, batch.remarks = list(refused.headings), []
        batch.errors, batch.rows, batch.accepted, batch.rejected = {refused.code: 1}, 0, 0, 0
        batch.save()
    return batch


def _check(batch: Batch, declared: Format, told: Told) -> None:
    batch.checked_at = latest_position()
    batch.message = ""
    staging.make(batch, declared)
    with open_source(store().path(batch.digest), batch.name) as source:
        batch.kind = source.kind
        batch.rows = _stage(batch, declared, source, told)
    verdicts = judge(batch, declared)
    batch.errors = _errors(batch)
    batch.difference = {"verdicts": verdicts}
    batch.accepted = sum(verdicts.get(verdict, 0) for verdict in ACCEPTED)
    batch.rejected = batch.rows - batch.accepted
    batch.state = BatchState.CHECKED
    batch.save()


def _stage(batch: Batch, declared: Format, source: Source, told: Told) -> int:
    """Check and stage every table that has a heading of the format; how many rows there were."""
    kept, numbers = kept_headings(declared, batch.authority_scope), declared.numbers()
    rows = 0
    placings: dict[str, Placing] = {}
    changes: Counter[str] = Counter()
    for number, table in enumerate(source.tables):
        placing = place(declared, table, kept)
        if placing is None:
            continue
        placings[table.name] = placing
        for checked in one_ahead(_checked_blocks(declared, placing, table, number * ROWS_OF_A_TABLE, numbers)):
            staging.write(batch, declared, checked.staged)
            staging.note(batch, checked.findings)
            rows += checked.rows
            changes += checked.changes
            told(rows)
    if not placings:
        raise _no_table(declared, source, batch.name)
    batch.mapping = {name: dict(one.headings) for name, one in placings.items()}
    batch.unplaced = list(dict.fromkeys(text for one in placings.values() for text in one.unplaced))
    batch.remarks = remarks_of(declared, source, placings, changes)
    return rows


def _no_table(declared: Format, source: Source, name: str) -> UnreadableFile:
    """Why no table has a heading of the format: nothing stands there, formulas or merged cells hide it, or it is another list."""
    if not any(text.strip() for table in source.tables for cells in table.head() for text in cells):
        return UnreadableFile("empty_file", f"“{name}”里没有任何数据，请重新导出后上传")
    for table in source.tables:
        table.look_through()
    names = "、".join(table.name for table in source.tables[:10])
    return UnreadableFile(
        "wrong_table", f"在“{names}”中没有找到“{declared.title}”的表头；请核对文件和工作表，或下载模板对照"
    )


def _checked_blocks(
    declared: Format, placing: Placing, table: Table, offset: int, numbers: Mapping[str, int]
) -> Iterator[Checked]:
    for block in table.blocks():
        below = block.filter(block[ROW] > placing.row)
        if below.height:
            yield check_block(declared, placing, below, offset, numbers)


def _errors(batch: Batch) -> dict[str, int]:
    """How many rows each kind of error or doubt stopped."""
    stopping = Finding.objects.filter(batch=batch).exclude(severity="note").order_by("code").values("code")
    return dict(stopping.annotate(stopped=Count("row", distinct=True)).values_list("code", "stopped"))
