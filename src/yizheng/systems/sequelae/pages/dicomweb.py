"""DICOMweb for the imaging systems of hospitals: STOW-RS to send, QIDO-RS to ask, WADO-RS to read back what one sent oneself.

Answered on the loopback interface alone, where the gateway of the hospital network ends, and only with a token of a registered partner.
A partner is told nothing of what others sent, and nothing of whose a study was found to be.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.gateway import tokens
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people import audit
from yizheng.people.scope import acting_for_organisations
from yizheng.systems.sequelae.images import keeping, multipart, taking
from yizheng.systems.sequelae.images.reading import dataset
from yizheng.systems.sequelae.images.sent import MOST, objects_by, series_by, studies_by
from yizheng.systems.sequelae.images.taking import CONFLICT, NEW, REPEAT, Fate, File, Origin
from yizheng.systems.sequelae.models import Image, Study
from yizheng.systems.sequelae.models.images import Way

SCOPE = "dicomweb"
LOOPBACK = ("127.0.0.1", "::1")
JSON = "application/dicom+json"
FAILURES = {CONFLICT: 0x0111, "unreadable": 0xC000}
"""Failure reasons of PS3.18: duplicate identity, cannot understand."""
View = Callable[..., HttpResponse]
Attributes = dict[str, dict[str, Any]]


def _partners(view: View) -> View:
    """Only from the loopback interface with a token; what was asked is recorded."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **more: str) -> HttpResponse:
        partner = tokens.partner_of(request, SCOPE)
        if request.META.get("REMOTE_ADDR") not in LOOPBACK or partner is None:
            return HttpResponse("a token of a registered partner is needed", status=401, content_type="text/plain")
        with acting_for_organisations(f"DICOMweb {partner}"):
            audit.record(None, "sequelae.image_view", "", {"partner": partner, "method": request.method})
            return view(request, partner, **more)

    return guarded


def _answer(rows: list[Attributes], status: int = 200) -> HttpResponse:
    return JsonResponse(rows, safe=False, status=status if rows else 204, content_type=JSON)


@_partners
@require_http_methods(["GET", "HEAD", "POST"])
def studies(request: HttpRequest, partner: str) -> HttpResponse:
    """STOW-RS with POST, a search of one's own studies with GET."""
    if request.method == "POST":
        return _store(request, partner)
    asked, found = request.GET, studies_by(partner)
    for keyword, column in (("StudyInstanceUID", "uid"), ("ModalitiesInStudy", "modality")):
        if wanted := asked.get(keyword):
            found = found.filter(**{column: wanted})
    if days := asked.get("StudyDate"):
        first, _, last = days.partition("-")
        begin, end = parse_date(first or "19000101"), parse_date((last if "-" in days else first) or "99991231")
        if begin is None or end is None:
            return HttpResponse("StudyDate", status=400, content_type="text/plain")
        found = found.filter(on__range=(begin, end))
    start, count = _number(asked.get("offset", "0"), 0), _number(asked.get("limit", ""), MOST)
    return _answer([_told(each) for each in found[start : start + min(count, MOST)]])


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _told(each: Study) -> Attributes:
    return {
        "00080020": {"vr": "DA", "Value": [f"{each.on:%Y%m%d}"]}, "00080061": {"vr": "CS", "Value": [each.modality]},
        "0020000D": {"vr": "UI", "Value": [each.uid]},
    }  # fmt: skip


def _store(request: HttpRequest, partner: str) -> HttpResponse:
    objects = multipart.parts(request.headers.get("Content-Type", ""), request.body)
    if not objects:
        return HttpResponse("multipart/related; type=application/dicom", status=415, content_type="text/plain")
    files = [File(f"{number}", each) for number, each in enumerate(objects, 1)]
    _, fates = taking.take(None, Origin(Way.NETWORK, f"网络送达 {partner}", partner), files)
    stored = [each for each in fates if each.outcome in (NEW, REPEAT)]
    failed = [each for each in fates if each not in stored]
    told: Attributes = {}
    if stored:
        told["00081199"] = {"vr": "SQ", "Value": [_referenced(each) for each in stored]}
    if failed:
        told["00081198"] = {"vr": "SQ", "Value": [_failed(each) for each in failed]}
    status = 200 if not failed else 202 if stored else 409
    return JsonResponse(told, status=status, content_type=JSON)


def _referenced(fate: Fate) -> Attributes:
    return {"00081150": {"vr": "UI", "Value": [fate.sop_class]}, "00081155": {"vr": "UI", "Value": [fate.uid]}}


def _failed(fate: Fate) -> Attributes:
    return _referenced(fate) | {"00081197": {"vr": "US", "Value": [FAILURES[fate.outcome]]}}


@_partners
@require_safe
def study(request: HttpRequest, partner: str, study: str) -> HttpResponse:
    """WADO-RS: all objects of a study."""
    return _delivered(objects_by(partner, study))


@_partners
@require_safe
def instance(request: HttpRequest, partner: str, study: str, series: str, uid: str) -> HttpResponse:
    """WADO-RS: one object."""
    return _delivered(objects_by(partner, study, series, uid))


def _delivered(images: list[Image]) -> HttpResponse:
    if not images:
        return HttpResponse("no such object", status=404, content_type="text/plain")
    kind, body = multipart.joined(keeping.content_of(each) for each in images)
    return HttpResponse(body, content_type=kind)


@_partners
@require_safe
def listed(request: HttpRequest, partner: str, study: str, part: str, series: str = "") -> HttpResponse:
    """QIDO-RS below a study: its series, or its objects."""
    if part == "series" and not series:
        return _answer([
            {
                "0020000D": {"vr": "UI", "Value": [study]}, "0020000E": {"vr": "UI", "Value": [key]},
                "00080060": {"vr": "CS", "Value": [kind]},
            }
            for key, kind in series_by(partner, study)
        ])  # fmt: skip
    if part != "instances":
        return HttpResponse("series or instances", status=404, content_type="text/plain")
    return _answer([
        {
            "00080016": {"vr": "UI", "Value": [each.sop_class]}, "00080018": {"vr": "UI", "Value": [each.uid]},
            "0020000D": {"vr": "UI", "Value": [study]}, "0020000E": {"vr": "UI", "Value": [each.series]},
            "00200013": {"vr": "IS", "Value": [each.number]},
        }
        for each in objects_by(partner, study, series)
    ])  # fmt: skip


@_partners
@require_safe
def metadata(request: HttpRequest, partner: str, study: str, series: str, uid: str) -> HttpResponse:
    """WADO-RS: what an object says, without its pixels."""
    images = objects_by(partner, study, series, uid)
    if not images:
        return HttpResponse("no such object", status=404, content_type="text/plain")
    found = dataset(keeping.content_of(images[0]))
    del found.PixelData
    return JsonResponse([found.to_json_dict()], safe=False, content_type=JSON)
