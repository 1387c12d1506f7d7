"""打磨: from a slice a second one is derived, with a line for every cell that was changed or could not be mended.

The register is never written: where it is wrong itself, its authority gets a note with the subject, and a person corrects it there.
"""

from __future__ import annotations

import polars as pl
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.slices import canonical, files, polish_rules
from yizheng.slices.columns import read
from yizheng.slices.cutting import Drawn, digest_of, keep, manifest
from yizheng.slices.models import PolishLine, Slice, SliceState, SliceTable
from yizheng.slices.polish_rules import Touched
from yizheng.slices.remaking import path_of
from yizheng.work import inbox

_PORTION = 2000


class NotToPolish(Exception):
    """The slice was polished already, failed, or is itself polished."""


@transaction.atomic
def polish(origin: Slice, operator: Account) -> Slice:
    """Derive a polished slice. Raises NotToPolish."""
    if origin.parent_id is not None or origin.state in (SliceState.FAILED, SliceState.RETIRED):
        raise NotToPolish("只能打磨直接切出、对账一致的切片")
    if origin.polished.exists():
        raise NotToPolish("这个切片已经打磨过")
    made = Slice.objects.create(
        register=origin.register, period=origin.period, valid_on=origin.valid_on, position=origin.position, parent=origin,
        operator=operator, reason=origin.reason, keep_until=origin.keep_until, authority_scope=origin.authority_scope,
    )  # fmt: skip
    parts = [_polish_table(made, part) for part in origin.tables.all()]
    made.rows, made.digest = sum(part.rows for part in parts), digest_of(parts)
    made.manifest = manifest(made, parts)
    made.save(update_fields=["rows", "digest", "manifest"])
    lines = made.polish_lines.count()
    audit.record(operator, "slice.polish", f"slice:{made.pk}", {"from": origin.pk, "lines": lines})
    return made


def _polish_table(made: Slice, part: SliceTable) -> SliceTable:
    columns = read(part.columns)
    rows, touched = polish_rules.polished(pl.read_parquet(path_of(part)), columns)
    PolishLine.objects.bulk_create((_line(made, part.table, each) for each in touched), _PORTION)
    if not any(each.mended for each in touched):
        part.pk, part.slice = None, made
        part.save(force_insert=True)
        return part
    with files.workshop() as folder:
        fresh = folder / "rows.parquet"
        rows.write_parquet(fresh)
        drawn = Drawn(part.rows, canonical.digest_of(fresh, columns))
        return keep(made, part.table, part.title, columns, drawn, fresh)


def _line(made: Slice, table: str, each: Touched) -> PolishLine:
    return PolishLine(
        slice=made, table=table, row=each.row, subject=each.subject, column=each.column, label=each.label, old=each.old,
        new=each.new, rule=each.rule, mended=each.mended, authority_scope=each.scope,
    )  # fmt: skip


@transaction.atomic
def order_corrections(made: Slice, account: Account) -> int:
    """Tell every authority which of its cells polishing found wrong in the register; how many lines were told."""
    waiting = made.polish_lines.filter(ordered=None)
    scopes: dict[int, int] = {}
    for scope in waiting.values_list("authority_scope", flat=True):
        scopes[scope] = scopes.get(scope, 0) + 1
    for scope, number in scopes.items():
        inbox.send(
            title=f"登记数据需要更正：{number} 处",
            kind="slice.correction",
            role=Role.REVIEWER,
            scope=scope,
            body=f"{made.valid_on} 的数据切片在打磨时发现 {number} 处登记内容不规范，请核对后在登记簿中更正；切片不修改登记簿。",
            link=f"{reverse('slices:polish')}?slice={made.pk}",
        )
    told = waiting.update(ordered=timezone.now())
    audit.record(account, "slice.order", f"slice:{made.pk}", {"lines": told})
    return told
