"""制证: the certificates that wait for the printer, and the act of printing what is chosen."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.documents import sealing
from yizheng.documents.jobs import PRINT
from yizheng.documents.models import Certificate, LedgerAct, LedgerEntry, Status
from yizheng.documents.paper import printing
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.tables import Asked, Choice, Column, Day, Link, Number, Shown, Table, Text
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.work.jobs import defer, progress_page

AT_ONCE = 60
"""More certificates than these are printed by the worker."""
LOOKS_BACK = timedelta(days=30)
ERASED = "（个人信息已删除）"


@require_POST
@for_roles(DESKS)
def print_chosen(request: HttpRequest) -> HttpResponseBase:
    """Print the ticked certificates, or everything that fits the address; a long file is made by the worker."""
    account, ids = signed_in(request), _ids(request)
    wishes: dict[str, Any] = {
        "first_serial": request.POST.get("first_serial", "").strip()[:40],
        "again": request.POST.get("again", "").strip()[:200],
    }
    if AT_ONCE < len(ids) <= printing.MOST:
        title = f"批量制证 {len(ids)} 本"
        return redirect(progress_page(defer(PRINT, account=account, title=title, ids=ids, **wishes)))
    try:
        run = printing.print_certificates(ids, by=account, **wishes)
    except printing.PrintingRefused as refused:
        return DESK.answer(request, 409, problem=str(refused), **wishes)
    except vault.Erased:
        problem = "选中的证照有些持证人的个人信息已依法删除，不能打印。"
        return DESK.answer(request, 409, problem=problem, **wishes)
    return redirect(f"{reverse('printing:ledger')}?run={run.pk}")


def _ids(request: HttpRequest) -> list[int]:
    if request.POST.get("everything"):
        fitting = _fitting(Asked.of(request, DESK.filters)).order_by(*DESK.order)
        return list(fitting.values_list("pk", flat=True)[: printing.MOST + 1])
    return [int(row) for row in request.POST.getlist("row")[: printing.MOST + 1] if row.isdecimal()]


def _fitting(asked: Asked) -> QuerySet[Certificate]:
    """The certificates in force that fit; case numbers (a dossier) reach beyond the days."""
    rows = Certificate.objects.visible_to(asked.account).filter(status=Status.VALID)
    numbers = asked["cases"].replace("，", " ").replace(",", " ").split()[:200]
    if not numbers:
        rows = rows.filter(issued_on__range=(asked["since"], asked["until"]))
    wanted = {"item_code": asked["item"], "institution_name__contains": asked["institution"], "number__in": numbers}
    if wanted := {name: value for name, value in wanted.items() if value}:
        cases = Case.objects.visible_to(asked.account).filter(certificate_id__isnull=False, **wanted)
        rows = rows.filter(pk__in=cases.values("certificate_id"))
    if asked["stage"] == "print":
        return printing.by_sheets(rows, lying=False)
    if asked["stage"] == "deliver":
        entries = LedgerEntry.objects.visible_to(asked.account)
        delivered = entries.filter(certificate=OuterRef("pk"), act=LedgerAct.DELIVERED)
        return printing.by_sheets(rows, lying=True).filter(~Exists(delivered))
    return rows


def _described(shown: Sequence[Certificate], asked: Asked) -> Iterable[dict[str, Any]]:
    """A row a certificate, in four queries whatever their number."""
    ids = [one.pk for one in shown]
    cases = {
        case.certificate_id: case for case in Case.objects.visible_to(asked.account).filter(certificate_id__in=ids)
    }
    counts = printing.print_counts(shown)
    names = holders(shown)
    for one in shown:
        yield {
            "pk": one.pk,
            "certificate": one,
            "name": names.get(one.pk, ERASED),
            "case": cases.get(one.pk),
            "nth": counts.get(printing.number_of(one), 0),
        }


def holders(shown: Sequence[Certificate]) -> dict[int, str]:
    """The printed name of each certificate; those of erased people are left out."""
    erased = vault.erased(one.subject_id for one in shown)
    open_ones = [one for one in shown if one.subject_id not in erased]
    fields = sealing.unseal_many(open_ones)
    return {one.pk: str(printed.get("name", "")) for one, (printed, _) in zip(open_ones, fields, strict=True)}


def _paper(row: dict[str, Any]) -> str:
    return f"{reverse('documents:certificate', args=[row['pk']])}?view=1"


def _case(row: dict[str, Any]) -> str:
    return reverse("desk:case", args=[row["case"].number]) if row["case"] else ""


DESK = Table(
    "certificates-to-print",
    "制证",
    _fitting,
    (
        Column("持证人", "name", 14, css="name together"),
        Column(
            "证照", "certificate.title", 22, link=_paper, beside=(lambda row: f"第 {row['certificate'].version} 版",)
        ),
        Column("版本", "certificate.version", 6, shown=Shown.ON_PAPER),
        Column("证书编码", "certificate.number", 20, css="together"),
        Column("签发", "certificate.issued_on", 12),
        Column("制发原因", "certificate.get_made_for_display", 16),
        Number("已打印", "nth", 8),
        Column("办件", "case.number", 14, link=_case, css="together", nothing="不是经本平台办件签发的"),
        Column("机构", "case.institution_name", 30),
    ),
    guard=for_roles(DESKS),
    filters=(
        Choice(
            "状态",
            "stage",
            (("print", "待打印"), ("deliver", "已打印未送达"), ("all", "全部有效")),
            always=True,
            default=lambda: "print",
        ),
        Choice("事项", "item", lambda: [(item.code, item.short_title) for item in items(timezone.localdate())]),
        Day("签发从", "since", default=lambda: timezone.localdate() - LOOKS_BACK),
        Day("到", "until", default=timezone.localdate),
        Text("机构", "institution"),
        Text("办件号", "cases", longest=3000, hint="可填多个，空格隔开"),
    ),
    order=("issued_on", "pk"),
    size=100,
    described=_described,
    says="准予之日起十日内送达证照（行政许可法第四十四条）",
    tally="本，按签发日",
    empty="没有符合条件的证照。准予许可、补证换证之后，新证照会出现在“待打印”里。",
    empty_link=lambda asked: Link("看全部有效证照", "?stage=all"),
    links=lambda asked: (Link("制证台账", reverse("printing:ledger"), "books"),),
    boxes="printing",
    template="printing/desk.html",
    more=lambda asked: {"number": _fitting(asked).count()},
)
"""What fits, a hundred a page; all of it can be printed without turning the pages."""
