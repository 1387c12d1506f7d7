"""数据包: uploading, the receipt by line, and the codes that have no counterpart yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.people import audit
from yizheng.people.tables import Column, Link, Number, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.lists import names
from yizheng.systems.infection.models import CodeMap, Package
from yizheng.systems.infection.pages.access import hospital_of, hospital_only
from yizheng.systems.infection.records.declaring import UNITS
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.lifecycle import NURSE
from yizheng.systems.infection.reporting.plans import district_of
from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.package import LARGEST
from yizheng.systems.infection.uploads.receiving import EQUAL, HELD, REFUSED, WRONG, Maps, maps_of, receive

nurses_only = for_roles(frozenset({NURSE}))


def _told(package: Package) -> str:
    counts = {state: sum(each["state"] == state for each in package.receipt) for state in (WRONG, HELD, REFUSED, EQUAL)}
    return "　".join(f"{state} {number}" for state, number in counts.items() if number) or "全部接收"


PACKAGES = Table(
    "infection_packages",
    "数据包",
    lambda asked: Package.objects.visible_to(asked.account),
    (
        Number("序号", lambda each: each.sequence or "恢复", 8),
        Column("数据包号", "identifier", 38, css="name", link=lambda each: reverse("infection:package", args=[each.pk])),
        Column("月份", lambda each: f"{each.period:%Y-%m}", 10),
        Number("文件", lambda each: len(each.content), 8),
        Column("回执", _told, 24),
        Column("接收", "received", 18),
    ),
    guard=hospital_only,
    order=("-pk",),
    links=lambda asked: [Link("医院系统", reverse("infection:sender"), "key")],
    says="医院系统导出的数据包进入当月草稿，填报人看过再提交；同一个包再传没有作用",
    tally="个，新的在前",
    empty="还没有上传过数据包。",
    template="infection/packages.html",
    more=lambda asked: {"records": [(each, ", ".join(field.name for field in each.fields)) for each in RECORDS.values()]},
)  # fmt: skip
"""The packages of the hospital."""


@nurses_only
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Take a package in."""
    account = signed_in(request)
    hospital, given = hospital_of(account), request.FILES.get("package")
    if hospital is None:
        raise PermissionDenied("这一页由医院感染管理人员使用")
    if given is None or (given.size or 0) > LARGEST:
        return PACKAGES.answer(request, 422, problem="请选择 20 MB 以内的数据包（zip）")
    began = timezone.now()
    try:
        package = receive(hospital, account, given.read())
    except BadPackage as bad:
        return PACKAGES.answer(request, 422, problem=str(bad))
    if package.received < began:
        messages.info(request, "这个数据包已接收过，没有再处理；下面是当时的回执")
    else:
        messages.success(request, f"已接收，{_told(package)}")
    return redirect("infection:package", package.pk)


@never_cache
@hospital_only
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a package."""
    package = Package.objects.visible_to(signed_in(request)).select_related("account").filter(pk=pk).first()
    if package is None:
        raise Http404("没有这个数据包")
    known = maps_of(package.subject_id)
    held = {(each["list"], each["code"]) for each in package.receipt if each["state"] == HELD}
    context: dict[str, Any] = {
        "package": package,
        "told": _told(package),
        "unmapped": [(name, code, _choices(name, known).items()) for name, code in sorted(held - known.ours.keys())],
    }
    return render(request, "infection/package.html", context)


def _choices(name: str, maps: Maps) -> Mapping[str, str]:
    """What a code of the hospital may be: a code of the list, or one of its units."""
    return maps.units if name == UNITS else names(name)


@nurses_only
@require_POST
def map_code(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what a code of the hospital is in ours; the next upload is read with it."""
    account = signed_in(request)
    package = Package.objects.visible_to(account).filter(pk=pk).first()
    hospital = hospital_of(account)
    if package is None or hospital is None:
        raise Http404("没有这个数据包")
    name, theirs, ours = (request.POST.get(each, "").strip() for each in ("list", "theirs", "ours"))
    held = {(each["list"], each["code"]) for each in package.receipt if each["state"] == HELD}
    choices = _choices(name, maps_of(package.subject_id)) if (name, theirs) in held else {}
    if ours not in choices:
        messages.error(request, "请选择对应的代码")
        return redirect("infection:package", pk)
    CodeMap.objects.create(
        subject_id=package.subject_id, authority_scope=district_of(hospital), list=name, theirs=theirs[:50], ours=ours, account=account
    )  # fmt: skip
    audit.record(account, "infection.map", f"infection_package:{pk}")
    messages.success(request, f"“{theirs}”对照为“{choices[ours]}”；用新的数据包号重新上传这个月，这些行即可接收")
    return redirect("infection:package", pk)
