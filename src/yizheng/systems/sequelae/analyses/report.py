"""The printed report of a run: warnings first, then pictures and tables, and across the page who printed it."""

from pathlib import Path

from django.utils import timezone

from yizheng.documents.paper.pdf import render
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae.analyses import running, telling
from yizheng.systems.sequelae.models import Run

_PAGE = Path(__file__).parents[1] / "typst" / "analysis.typ"


def report(account: Account, run: Run) -> bytes:
    """The report as PDF/A; that it was printed is recorded."""
    pictures = telling.pictures(run.kind, run.figures)
    made = timezone.localtime(run.at)
    data = {
        "title": running.title_of(run),
        "facts": f"截至 {run.until} 年度　{made:%Y-%m-%d %H:%M} 由{run.account.display_name}运行　数据摘要 {run.digest[:16]}",
        "mark": f"{account.display_name} {timezone.localtime():%Y-%m-%d %H:%M}",
        "warnings": run.figures["warnings"],
        "pictures": [{"title": each.title, "note": each.note} for each in pictures],
        "sheets": [
            {"title": each.title, "beside": each.beside, "note": each.note, "heads": each.heads, "rows": each.rows}
            for each in telling.sheets(run.kind, run.figures)
        ],
    }
    files = {f"picture-{number}.svg": each.drawing.encode() for number, each in enumerate(pictures)}
    content = render(_PAGE, data, dated=made.date(), pictures=files)
    audit.record(account, "sequelae.report", f"sequelae_run:{run.pk}", {"digest": run.digest})
    return content
