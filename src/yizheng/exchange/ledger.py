"""Entering packages into the ledger, keeping their files, counting serials; and why something cannot be done."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.db.models import Max

from yizheng.documents.attachments import store
from yizheng.exchange.models import Direction, Package, Partner
from yizheng.kernel.signs import neutralised


class NotPossible(Exception):
    """The package, the partner or its state stands against it."""


def next_serial(partner: Partner) -> int:
    """The serial of the next package to a partner; the partner's row is locked until it is entered."""
    Partner.objects.select_for_update().get(pk=partner.pk)
    sent = Package.objects.all().filter(partner=partner, direction=Direction.OUT)
    return (sent.aggregate(last=Max("serial"))["last"] or 0) + 1


def content_of(package: Package) -> bytes:
    """The sealed package as it came or goes."""
    return store().read(package.digest)


def to_csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[int, bytes]:
    """Rows as a csv file in UTF-8 with its mark, and how many there are."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading)
    count = 0
    for row in rows:
        writer.writerow([neutralised(str(cell)) for cell in row])
        count += 1
    return count, text.getvalue().encode("utf-8-sig")
