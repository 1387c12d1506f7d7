"""制证: certificates go to the printer together, every sheet is written into the ledger (制证台账).

行政许可法第三十九条第一款、第四十四条: a grant is followed by a certificate, which is delivered within ten days. A print is not
a new certificate: code and version stay, the count of prints of the number goes on.
"""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from pypdf import PdfWriter

from yizheng.documents.attachments import store, store_bytes
from yizheng.documents.certificates import versions_of
from yizheng.documents.declarations import certificate_kind
from yizheng.documents.models import Certificate, LedgerAct, LedgerEntry, PrintRun, Status
from yizheng.documents.paper.sheets import certificate_pages
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.registry.writer.rows import insert_many

MOST = 2000
"""Certificates of one run."""

_SERIAL = re.compile(r"([0-9A-Za-z\-]{0,30}?)([0-9]{1,10})")


class PrintingRefused(ValueError):
    """These certificates cannot be printed so; the message says why in Chinese."""


def print_certificates(ids: Iterable[int], *, by: Account, first_serial: str = "", again: str = "") -> PrintRun:
    """Set the certificates on one file, a page each in the order given, and write every sheet into the ledger.

    `first_serial` is the number printed on the first blank, the others follow it; `again` says why a version is printed that
    was printed before and not spoilt. Runs under the scope of `by`. Raises PrintingRefused, vault.Erased, MissingFile.
    """
    with transaction.atomic():
        chosen = _chosen(list(dict.fromkeys(ids)), by)
        if not again and (printed := printed_before(chosen)):
            raise PrintingRefused(
                f"{len(printed)} 本已经打印过且没有作废，例如 {printed[0].number}；再次打印请写明原因。"
            )
        pages = _pages(chosen)
        run = PrintRun.objects.create(
            authority_scope=chosen[0].authority_scope,
            certificates=len(chosen),
            digest=store_bytes(pages),
            size=len(pages),
            made_by=by,
        )
        _enter(run, chosen, serials(first_serial, len(chosen)), again)
        audit.record(by, "certificates.print", f"print_run:{run.pk}", {"certificates": len(chosen)})
    return run


def pages_of(run: PrintRun) -> bytes:
    """The file of a run, as it went to the printer. Raises MissingFile."""
    return store().read(run.digest)


def spoil(certificate: Certificate, *, by: Account, serial: str, reason: str) -> LedgerEntry:
    """A sheet was spoilt: it is counted, and its certificate may be printed again. Raises PrintingRefused."""
    if not reason.strip():
        raise PrintingRefused("请写明作废原因。")
    sheet = serial.strip()
    with transaction.atomic():
        list(versions_of(certificate).select_for_update(no_key=True))
        entries = certificate.ledger.filter(paper_serial=sheet) if sheet else certificate.ledger.all()
        if entries.filter(act=LedgerAct.PRINTED).count() <= entries.filter(act=LedgerAct.SPOILT).count():
            raise PrintingRefused("这一版本没有可以作废的打印记录，请核对纸张编号。")
        return _write(certificate, LedgerAct.SPOILT, by, sheet, reason.strip())


def deliver(certificate: Certificate, *, by: Account, note: str = "") -> LedgerEntry:
    """The printed certificate was handed over or sent (送达). Raises PrintingRefused when there is none to hand over."""
    with transaction.atomic():
        list(versions_of(certificate).select_for_update(no_key=True))
        acts = dict(certificate.ledger.values_list("act").annotate(n=Count("pk")))
        if acts.get(LedgerAct.PRINTED, 0) <= acts.get(LedgerAct.SPOILT, 0):
            raise PrintingRefused("还没有打印，不能登记送达。")
        if acts.get(LedgerAct.DELIVERED):
            raise PrintingRefused("已经登记过送达。")
        return _write(certificate, LedgerAct.DELIVERED, by, "", note.strip())


def print_count(certificate: Certificate) -> int:
    """How often the number was printed, over all its versions."""
    return LedgerEntry.objects.all().filter(act=LedgerAct.PRINTED, certificate__in=versions_of(certificate)).count()


def number_of(certificate: Certificate) -> tuple[int, str, str]:
    """What all versions of a certificate have in common."""
    return certificate.subject_id, certificate.kind, certificate.number


def print_counts(chosen: Sequence[Certificate]) -> dict[tuple[int, str, str], int]:
    """How often each number was printed before, in one query."""
    rows = LedgerEntry.objects.all().filter(
        act=LedgerAct.PRINTED, certificate__subject__in={one.subject_id for one in chosen}
    )
    keys = ("certificate__subject_id", "certificate__kind", "certificate__number")
    return {(row[keys[0]], row[keys[1]], row[keys[2]]): row["n"] for row in rows.values(*keys).annotate(n=Count("pk"))}


def by_sheets(rows: QuerySet[Certificate], *, lying: bool) -> QuerySet[Certificate]:
    """Those of the rows of which a print lies about that was not spoilt, or (`lying` false) of which none does."""
    acts = LedgerEntry.objects.all().filter(certificate=OuterRef("pk")).order_by().values("certificate")
    net = Count("pk", filter=Q(act=LedgerAct.PRINTED)) - Count("pk", filter=Q(act=LedgerAct.SPOILT))
    sheets = Coalesce(Subquery(acts.annotate(net=net).values("net")), 0)
    return rows.filter(GreaterThan(sheets, 0) if lying else LessThanOrEqual(sheets, 0))


def printed_before(certificates: Sequence[Certificate]) -> list[Certificate]:
    """Those of the certificates whose present version lies printed and not spoilt."""
    mine = Certificate.objects.all().filter(pk__in=[one.pk for one in certificates])
    lying = set(by_sheets(mine, lying=True).values_list("pk", flat=True))
    return [certificate for certificate in certificates if certificate.pk in lying]


def serials(first: str, count: int) -> list[str]:
    """The numbers of so many blanks beginning with `first`; empty texts without one. Raises PrintingRefused."""
    text = first.strip()
    if not text:
        return [""] * count
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[2]) + count - 1 >= 10 ** len(match[2]):
        raise PrintingRefused("首张纸的编号应以数字结尾，例如 A0001201，且位数够用。")
    prefix, digits = match[1], match[2]
    return [f"{prefix}{int(digits) + step:0{len(digits)}d}" for step in range(count)]


def _chosen(ids: list[int], by: Account) -> list[Certificate]:
    """The certificates in the order asked for, locked, all in force and of one authority."""
    if not ids or len(ids) > MOST:
        raise PrintingRefused(f"一次打印 1 至 {MOST} 本，现选了 {len(ids)} 本。")
    rows = Certificate.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    found = {row.pk: row for row in rows}
    chosen = [found[pk] for pk in ids if pk in found]
    if len(chosen) < len(ids):
        raise PrintingRefused("选中的证照有些不在您的辖区，请重新选择。")
    if ended := [one for one in chosen if one.status != Status.VALID]:
        raise PrintingRefused(f"{len(ended)} 本已不在有效状态，例如 {ended[0].number}，不能打印。")
    if len({one.authority_scope for one in chosen}) > 1:
        raise PrintingRefused("一批只能打印同一机关的证照。")
    return chosen


def _pages(chosen: list[Certificate]) -> bytes:
    """One file; certificates whose kinds have different pages are set apart and put together in order."""
    parts = [certificate_pages(list(run)) for _, run in groupby(chosen, lambda one: certificate_kind(one.kind).page)]
    if len(parts) == 1:
        return parts[0]
    writer, output = PdfWriter(), BytesIO()
    for part in parts:
        writer.append(BytesIO(part))
    writer.write(output)
    return output.getvalue()


def _enter(run: PrintRun, chosen: list[Certificate], papers: list[str], again: str) -> None:
    counts = print_counts(chosen)
    if used := set(
        LedgerEntry.objects.all()
        .filter(paper_serial__in=[paper for paper in papers if paper])
        .values_list("paper_serial", flat=True)
    ):
        raise PrintingRefused(f"纸张编号 {min(used)} 已经用过。")
    insert_many(
        _entry(
            one, LedgerAct.PRINTED, run.made_by, counts.get(number_of(one), 0) + 1, paper_serial=paper,
            note=again.strip(), run=run,
        )
        for one, paper in zip(chosen, papers, strict=True)
    )  # fmt: skip


def _write(certificate: Certificate, act: LedgerAct, by: Account, serial: str, note: str) -> LedgerEntry:
    entry = _entry(certificate, act, by, print_count(certificate), paper_serial=serial, note=note)
    entry.save(force_insert=True)
    audit.record(by, f"certificates.{act}", f"certificate:{certificate.pk}", {"entry": entry.pk})
    return entry


def _entry(certificate: Certificate, act: LedgerAct, by: Account, nth: int, **more: Any) -> LedgerEntry:
    scope, purpose = certificate.authority_scope, certificate.made_for
    return LedgerEntry(
        certificate=certificate, authority_scope=scope, act=act, nth=nth, purpose=purpose, made_by=by, **more
    )
