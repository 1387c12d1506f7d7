"""Writing the documents of acceptance into a folder: each as a signed PDF/A and a workbook, with a hand-over list of digests."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from yizheng.documents.paper.pdf import render
from yizheng.documents.signing.pdf import sign_pdf
from yizheng.documents.spreadsheets import Cell, Sheet, write
from yizheng.systems.service.acceptance.deliverables import (
    DELIVERABLES,
    MATERIALS,
    Deliverable,
    Part,
    Period,
    of_quarter,
)
from yizheng.systems.service.acceptance.materials import bill_of_materials
from yizheng.systems.service.clauses.evidence import quarters
from yizheng.systems.service.reports.acting import period as quarter_of

PAGE = Path(__file__).parent / "typst" / "deliverable.typ"


def write_all(period: Period, folder: Path) -> list[Path]:
    """All documents of the period; the list of the files with their digests is written last."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for each, its_period in _documents(period):
        written += write_one(each, its_period, folder)
    bill = folder / f"8_软件物料清单_{period.last:%Y%m%d}.cdx.json"
    bill.write_text(bill_of_materials(period.last), "utf-8")
    written.append(bill)
    rows: list[list[Cell]] = [[path.name, path.stat().st_size, _digest(path)] for path in written]
    listed = Part("交付文件", (("文件", 40), ("字节", 12), ("SHA-256", 66)), rows)
    signatures = Part("签收", (("乙方移交人、日期", 40), ("甲方签收人、日期", 40)), [["", ""]])
    return [*written, *write_one(Deliverable("0", "交付物移交清单", lambda _: [listed, signatures]), period, folder)]


def _documents(period: Period) -> Iterator[tuple[Deliverable, Period]]:
    for each in DELIVERABLES:
        yield each, period
    yield MATERIALS, period
    around = period.around
    for quarter in quarters(around):
        first, last = quarter_of(around, quarter)
        if period.first <= first and last <= period.last and last < around.today:
            yield of_quarter(around, quarter, first, last), Period(around, first, last)


def write_one(each: Deliverable, period: Period, folder: Path) -> list[Path]:
    """One document as a signed PDF/A and a workbook."""
    parts = each.parts(period)
    name = f"{each.number}_{each.title}_{period.first:%Y%m%d}-{period.last:%Y%m%d}"
    paper, sheet = folder / f"{name}.pdf", folder / f"{name}.xlsx"
    page = render(PAGE, _data(each, period, parts), dated=period.around.today)
    paper.write_bytes(sign_pdf(page, issuer=period.around.contract.contractor, reason=each.title))
    with sheet.open("wb") as stream:
        write(stream, *(_sheet(each, period, part) for part in parts))
    return [paper, sheet]


def _sheet(each: Deliverable, period: Period, part: Part) -> Sheet:
    heads, widths = zip(*part.head, strict=True)
    notes = (f"{period.around.contract.title}　{each.title}", f"{period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}")
    return Sheet(part.title[:31], heads, part.rows, widths=widths, notes=notes)


def _data(each: Deliverable, period: Period, parts: list[Part]) -> dict[str, Any]:
    contract = period.around.contract
    return {
        "number": f"{contract.code}-{each.number}",
        "title": each.title,
        "contract": contract.title,
        "contractor": contract.contractor,
        "wide": each.wide,
        "period": f"期间 {period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}",
        "made": f"制成于 {timezone.localtime(period.around.now):%Y-%m-%d %H:%M}",
        "notes": ["全部数字由记录算出；“行”是打开明细的页面地址。"],
        "parts": [
            {
                "title": part.title,
                "head": [title for title, _ in part.head],
                "widths": [width for _, width in part.head],
                "rows": [[_words(cell) for cell in row] for row in part.rows],
            }
            for part in parts
        ],
    }


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return f"{cell:,}" if isinstance(cell, int | Decimal) else str(cell)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
