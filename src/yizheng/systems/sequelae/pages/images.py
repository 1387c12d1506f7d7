"""影像: deliveries and whose they are for the keeper; for physicians one person's images, two studies side by side."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.documents.attachments.sniffing import RefusedFile
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Choice, Column, Number, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights, sealing
from yizheng.systems.sequelae.images import deciding, discs, keeping, scanning, taking
from yizheng.systems.sequelae.images.pixels import drawn
from yizheng.systems.sequelae.images.reading import NotDicom
from yizheng.systems.sequelae.images.taking import File, Origin, Refused
from yizheng.systems.sequelae.models import Delivery, Image, Person, Study
from yizheng.systems.sequelae.models.images import Medium, StudyState, Way
from yizheng.systems.sequelae.office import office_key
from yizheng.systems.sequelae.pages.access import person_for
from yizheng.systems.sequelae.persons.identities import Who, who_are, who_is

keepers_only = for_roles(rights.TAKE_IN)
BESIDE = 2008
"""The year shown on the left where the reader chooses none."""
SHOWN = 40
"""Studies to be looked at that the page shows at once."""
MODALITIES = {"MR": "磁共振", "CT": "CT", "CR": "X 线", "DX": "X 线", "OT": "胶片扫描", "US": "超声"}


def _fates(each: Delivery) -> str:
    counts = each.fates.get("counts", {})
    return "，".join(f"{words} {counts[code]}" for code, words in taking.FATES.items() if counts.get(code))


def _waiting(asked: Asked) -> dict[str, Any]:
    rows = Study.objects.visible_to(asked.account).exclude(state=StudyState.ACCEPTED).filter(decider=None)
    shown = list(rows.select_related("person", "delivery")[:SHOWN])
    said = sealing.opened([(office_key(), each.sealed) for each in shown])
    known = who_are(asked.account, {each.person.pk: each.person for each in shown if each.person}.values())
    discs_here = Delivery.objects.visible_to(asked.account).filter(way=Way.DISC, medium=Medium.HERE)[:SHOWN]
    told = [
        (each, name, fate, words)
        for each in Delivery.objects.visible_to(asked.account)[:SHOWN]
        for name, fate, words in each.fates.get("told", [])
    ]
    return {
        "waiting": [(each, what, known.get(each.person_id or 0, Who())) for each, what in zip(shown, said, strict=True)],
        "discs": discs_here, "ways": Medium.choices[1:], "fates": taking.FATES, "told": told[:SHOWN],
    }  # fmt: skip


DELIVERIES = Table(
    "sequelae_images",
    "影像接收",
    lambda asked: Delivery.objects.visible_to(asked.account).select_related("account"),
    (
        Column("名称", "name", 34, css="name"),
        Column("方式", "get_way_display", 10),
        Column("结果", _fates, 30),
        Number("检查", lambda each: each.studies.count(), 8),
        Column("介质", lambda each: each.get_medium_display() if each.way == Way.DISC else "", 10, nothing="—"),
        Column("接收", lambda each: each.account.display_name if each.account else each.partner, 16),
        Column("时间", "at", 18),
    ),
    guard=keepers_only,
    filters=(Choice("方式", "way", Way.choices, by="way"),),
    says="身份相符的自动认定，有疑问的由人核查，不相符的退回；同一对象再次送达不重复入库",
    tally="次，新的在前",
    empty="还没有接收过影像。",
    template="sequelae/deliveries.html",
    more=_waiting,
)
"""All deliveries, and what is to be done."""


@keepers_only
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Take in objects, a packed disc, or scans of films."""
    account = signed_in(request)
    sent = [File(str(each.name), each.read()) for each in request.FILES.getlist("files")]
    try:
        made, fates = _taken(account, request, sent)
    except (Refused, RefusedFile) as refused:
        return DELIVERIES.answer(request, 422, problem=str(refused))
    messages.success(request, f"{made.name}：{_fates(made)}")
    wrong = [each for each in fates if each.said]
    for each in wrong[:3]:
        messages.error(request, f"{each.name}：{each.said}")
    return redirect("sequelae:deliveries")


def _taken(account: Account, request: HttpRequest, sent: list[File]) -> tuple[Delivery, list[taking.Fate]]:
    way = request.POST.get("way", "")
    if not sent or len(sent) > taking.MOST_FILES or way not in (Way.FILES, Way.DISC, Way.SCAN):
        raise Refused("请选择文件和方式")
    name = sent[0].name if len(sent) == 1 else f"{sent[0].name} 等 {len(sent)} 个"
    if way == Way.DISC:
        sent = discs.read_disc(sent[0].content)
    elif way == Way.SCAN:
        sent = _scanned(account, request, sent)
    return taking.take(account, Origin(Way(way), name), sent)


def _scanned(account: Account, request: HttpRequest, sent: list[File]) -> list[File]:
    typed = request.POST
    person = Person.objects.visible_to(account).filter(code__iexact=typed.get("code", "").strip()).first()
    on = parse_date(typed.get("on", ""))
    if person is None or on is None:
        raise Refused("胶片扫描请填写登记号和真实的检查日期")
    who = who_is(account, person)
    film = scanning.Film(person.code, person.sex, who, on, typed.get("body", "")[:16], typed.get("described", "")[:64])
    return scanning.captured(film, sent)


@keepers_only
@require_POST
def act(request: HttpRequest, verb: str) -> HttpResponseBase:
    """Decide whose a study is, or what became of a disc."""
    account, typed = signed_in(request), request.POST
    key = _number(typed.get("key", ""))
    try:
        if verb == "decide":
            person = None
            if code := typed.get("person", "").strip():
                person = Person.objects.visible_to(account).filter(code__iexact=code).first()
                if person is None:
                    raise Refused("没有这个登记号")
            deciding.decide(account, key, person, typed.get("why", ""), sure=typed.get("sure") == "on")
        elif verb == "medium":
            delivery = Delivery.objects.visible_to(account).filter(pk=key).first()
            if delivery is None:
                raise Refused("没有这次接收")
            deciding.settle_medium(account, delivery, typed.get("to", ""))
        else:
            raise Http404("没有这个操作")
    except Refused as refused:
        return DELIVERIES.answer(request, 422, problem=str(refused))
    messages.success(request, "已登记")
    return redirect("sequelae:deliveries")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@never_cache
@for_roles(rights.SEE_IMAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def viewer(request: HttpRequest, code: str) -> HttpResponseBase:
    """The images of a person, two studies side by side; a POST says that no identity stands in the pixels of one."""
    account, person = signed_in(request), person_for(signed_in(request), code, "images")
    studies = list(Study.objects.visible_to(account).of(person).prefetch_related("images"))
    if request.method == "POST":
        study = next((each for each in studies if each.pk == _number(request.POST.get("study", ""))), None)
        if study is None:
            raise Http404("没有这项检查")
        deciding.looked(account, study)
        messages.success(request, "已登记：图中没有身份信息")
        return redirect(request.get_full_path())
    left, right = _chosen(studies, request.GET.get("left", ""), request.GET.get("right", ""))
    context = {
        "person": person, "who": who_is(account, person), "studies": [(each, _titled(each)) for each in studies],
        "sides": [("left", "左窗", left), ("right", "右窗", right)],
        "listed": {str(each.pk): [[image.pk, image.frames] for image in each.images.all()] for each in studies},
        "reads": not rights.PHYSICIANS.isdisjoint(roles_of(account)),
    }  # fmt: skip
    return render(request, "sequelae/viewer.html", context)


def _titled(study: Study) -> str:
    kind = MODALITIES.get(study.modality, study.modality)
    return f"{study.on:%Y-%m-%d}　{kind}　{study.described or study.body}"


def _chosen(studies: list[Study], left: str, right: str) -> tuple[Study | None, Study | None]:
    """What was asked for; else the study of 2008 (or the first) beside the newest of its kind."""
    wanted = {str(each.pk): each for each in studies}
    early = next((each for each in studies if each.on.year == BESIDE), studies[0] if studies else None)
    late = next((each for each in reversed(studies) if early and each.body == early.body), None)
    return wanted.get(left, early), wanted.get(right, late)


@never_cache
@for_roles(rights.SEE_IMAGES)
@require_safe
def pixels(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of one object, little-endian 16 bit, frame after frame; how to draw them stands in the head ``X-Image``."""
    account = signed_in(request)
    image = Image.objects.visible_to(account).select_related("study__person").filter(pk=pk).first()
    if image is None or image.study.state != StudyState.ACCEPTED:
        raise Http404("没有这幅影像")
    try:
        found = drawn(keeping.content_of(image))
    except NotDicom as fault:
        return HttpResponse(str(fault), status=415, content_type="text/plain; charset=utf-8")
    return HttpResponse(
        found.values.astype("<i2").tobytes(), content_type="application/octet-stream",
        headers={"X-Image": json.dumps(found.described()), "X-Content-Type-Options": "nosniff"},
    )  # fmt: skip
