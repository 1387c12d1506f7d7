"""Printing certificates together: five hundred opened, drawn, set on one PDF/A and entered in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image

from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, question, ratio_at_most
from yizheng.documents import certificates
from yizheng.documents.attachments import store_bytes
from yizheng.documents.models import Certificate
from yizheng.documents.paper import pdf, printing, sheets
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scope import acting_as
from yizheng.registry.models import Subject

COUNT = 500
CLERK = "bench-printing"
_SERIES = count(1109001)


def _printed(name: str, asks: str, photos: int) -> None:
    @question(
        name,
        asks,
        beside="只用 typst 排好同样的页面（数据、二维码、照片都已备好）",
        unit="s",
        reach=ratio_at_most(1.5),
        runs=3,
    )
    def printed(lab: Lab) -> Iterator[Pair]:
        clerk = _clerk()
        while True:
            with acting_as(clerk), transaction.atomic():
                first, second = (_issued(clerk, series, photos) for series in (next(_SERIES), next(_SERIES)))
                ours = seconds(partial(printing.print_certificates, first, by=clerk))
                beside = _typst_alone(second)
                transaction.set_rollback(True)
            yield Pair(ours, beside, f"每本 {1000 * ours / COUNT:.1f} ms，照片 {photos} 张")


_printed("certificates-print", f"一次打印 {COUNT} 本证书（各有二维码，没有照片）", 0)
_printed("certificates-print-photos", f"一次打印 {COUNT} 本证书（各有二维码和照片）", COUNT)


def _issued(clerk: Account, series: int, photos: int) -> list[int]:
    """Certificates of a series that nobody has set before: the typesetter remembers what it set."""
    kept = [_photo(place) for place in range(photos)]
    scope = clerk.grants.get().scope_id
    subjects = list(Subject.objects.filter(kind="person").order_by("pk").values_list("pk", flat=True)[:COUNT])
    certificates.issue_many(
        certificates.Draft("doctor_practice", subject, scope, _fields(series, place, kept), timezone.localdate())
        for place, subject in enumerate(subjects)
    )
    found = Certificate.objects.all().filter(subject_id__in=subjects, number__startswith=str(series))
    return list(found.order_by("number").values_list("pk", flat=True))


def _fields(series: int, place: int, photos: list[str]) -> dict[str, Any]:
    fields = {
        "number": f"{series}{place:08d}", "issuer": "北京市海淀区卫生健康委员会", "name": "林知遥", "sex": "女",
        "identity_number": "11010819900307004X", "level": "执业医师",
        "qualification_number": "20151111011010819900307004X", "category": "临床", "scope": "外科专业",
        "place": "北京市", "institution": f"海淀清河第{series % 1000}之{place}医院",
    }  # fmt: skip
    return {**fields, "photo": photos[place]} if photos else fields


def _typst_alone(ids: list[int]) -> float:
    """The last and largest step by itself: what the page needs is ready."""
    chosen = list(Certificate.objects.all().filter(pk__in=ids).order_by("number"))
    given: list[Any] = []

    def kept(*page: Any, **rest: Any) -> bytes:
        given.append((page, rest))
        return b""

    render, pdf.render = pdf.render, kept
    try:
        sheets.certificate_pages(chosen)
    finally:
        pdf.render = render
    page, rest = given[0]
    return seconds(lambda: render(*page, **rest))


def _photo(place: int) -> str:
    """A picture of the size that is handed in, each another."""
    image = Image.effect_noise((354, 472), 20 + place % 40).convert("RGB")
    output = BytesIO()
    image.save(output, "JPEG", quality=85)
    return store_bytes(output.getvalue())


def _clerk() -> Account:
    """Somebody who prints for the whole city."""
    known = Account.objects.filter(username=CLERK).first()
    if known is not None:
        return known
    made = Account.objects.create_account(CLERK, AccountKind.CLERK, "制证")
    Grant.objects.create(account=made, role=Role.ACCEPTOR, scope=Scope.objects.get(kind="city"))
    return made
