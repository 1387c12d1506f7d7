"""The ledger of prints on paper and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.http import HttpRequest

from yizheng.documents.models import LedgerAct, MadeFor
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.shell.printing.desk import holders
from yizheng.shell.printing.ledger import entries, row

_CHUNK = 1000


def _rows(request: HttpRequest) -> Iterable[dict[str, Any]]:
    found = entries(signed_in(request), request.GET).order_by("-pk").iterator(_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        names = holders([entry.certificate for entry in chunk])
        yield from (row(entry, names.get(entry.certificate_id, "")) for entry in chunk)


declare(
    ListKind(
        "certificate-ledger",
        "制证台账",
        for_roles(DESKS),
        (
            Column("时间", "at", 18),
            Column("事项", "act", 8),
            Column("证照", "title", 22),
            Column("证书编码", "number", 20),
            Column("持证人", "holder", 14),
            Column("版本", "version", 6),
            Column("第几次打印", "nth", 10),
            Column("原因", "why", 16),
            Column("纸张编号", "serial", 16),
            Column("经办", "who", 12),
            Column("说明", "note", 30),
        ),
        _rows,
        {
            "act": Filter("事项", lambda value: str(dict(LedgerAct.choices).get(value, value))),
            "purpose": Filter("原因", lambda value: str(dict(MadeFor.choices).get(value, value))),
            "since": Filter("从"),
            "until": Filter("到"),
            "number": Filter("证书或纸张编号"),
            "run": Filter("批次"),
        },
    )
)
