"""验收交付物: the six deliverables and the reports of the term so far, each figure leading to its rows, each as a file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.people import audit
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.acceptance.deliverables import DELIVERABLES, Period
from yizheng.systems.service.acceptance.writing import write_one
from yizheng.systems.service.pages.access import service_only, surroundings
from yizheng.systems.service.reports.figures import figures

_TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@never_cache
@service_only
@require_safe
def acceptance(request: HttpRequest) -> HttpResponse:
    """What would be handed over today, and the figures of the summary."""
    period = _period()
    context = {
        "period": period,
        "deliverables": [
            (each, [(part.title, len(part.rows)) for part in each.parts(period)]) for each in DELIVERABLES
        ],
        "figures": figures(period.around, period.first, period.last),
    }
    return render(request, "service/acceptance.html", context)


@never_cache
@service_only
@require_safe
def acceptance_file(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One deliverable as a signed PDF or as a workbook; who took it is recorded."""
    found = next((each for each in DELIVERABLES if each.number == number), None)
    if found is None or kind not in _TYPES:
        raise Http404("没有这份交付物")
    period = _period()
    with TemporaryDirectory() as folder:
        file = next(each for each in write_one(found, period, Path(folder)) if each.suffix == f".{kind}")
        content, name = file.read_bytes(), file.name
    audit.record(signed_in(request), "service.acceptance", f"deliverable:{number}", {"kind": kind})
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type=_TYPES[kind], headers=headers)


def _period() -> Period:
    around = surroundings()
    return Period(around, around.contract.starts, min(around.contract.ends, around.today))
