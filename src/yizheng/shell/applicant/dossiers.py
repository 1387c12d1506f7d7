"""集体办理 on the institution's side: begin a dossier, fill in rows or upload a sheet, see what became of each, hand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case as Choose
from django.db.models import Max, Q, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents import spreadsheets
from yizheng.intake.files import UnreadableFile, read_upload
from yizheng.licensing import catalogue
from yizheng.licensing.collective import corrected, handing_in, sheets, working_up
from yizheng.licensing.collective import differences as collective_differences
from yizheng.licensing.collective import dossiers as collective
from yizheng.licensing.collective import papers as collective_papers
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Dossier
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import allowed, scopes_of
from yizheng.shell.desk.access import applicants_only, signed_in
from yizheng.shell.navigation import set_about
from yizheng.work import jobs

BLANK_ROWS = 5
MOST_SHOWN = 200
"""Differences on the page; the others show once these are settled."""
MOST_PROBLEMS = 20
AT_ONCE = 20
"""Drafts that are handed in, rows that are worked up while the page is waited for."""
MOST_ROWS = 50
"""Rows on the page, those with a fault first; the sheet of results has all."""


@require_safe
@applicants_only
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers of the institution, and the items that may be handed in together."""
    account = signed_in(request)
    _institution(account)
    context = {
        "dossiers": Dossier.objects.visible_to(account).order_by("-id")[:50],
        "items": [item for item in catalogue.items(timezone.localdate()) if item.collective],
    }
    return render(request, "my/dossiers.html", context)


@require_POST
@applicants_only
def begin(request: HttpRequest, item_code: str) -> HttpResponseBase:
    """Open an empty dossier for the item."""
    account = signed_in(request)
    try:
        made = collective.begin(account, item_code, _institution(account))
    except catalogue.UnknownItemError as unknown:
        raise Http404("没有这个事项") from unknown
    except NotPossibleError as problem:
        messages.error(request, str(problem))
        return redirect("my:dossiers")
    return redirect("my:dossier", pk=made.pk)


@require_safe
@applicants_only
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its case, how far it is, and why a row was not taken."""
    made = _own(signed_in(request), pk)
    item = made.item
    set_about(request, [item.system])
    rows = [
        _row(row) for row in made.rows.live().select_related("case").annotate(place=_PLACE).order_by("place", "line")
    ]
    counted = Counter(row["state"] for row in rows)
    differing = collective_differences.differences(made, signed_in(request))
    context = {
        "differing": differing[:MOST_SHOWN],
        "differing_number": len(differing),
        "dossier": made,
        "item": item,
        "materials": item.materials,
        "rows": rows[:MOST_ROWS],
        "all": len(rows),
        "counted": sorted(counted.items(), key=lambda each: ORDER.get(each[0], len(ORDER))),
        "ready": counted[READY],
        "open": sum(counted[word] for word in ORDER),
        "unready": counted[UNREADY] + counted[FAULTY],
        "drafts": counted[READY] + counted[UNREADY],
        "named_by": "、".join(collective.head_of(item)[1:]),
        "columns": [
            {"title": column.title, "choices": column.choices, "place": str(place)}
            for place, column in enumerate(collective.columns_of(item), len(collective.head_of(item)))
        ],
        "who": collective.head_of(item),
        "blank": [str(line) for line in range(BLANK_ROWS)],
    }
    return render(request, "my/dossier.html", context)


@require_safe
@applicants_only
def template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sheet to fill in."""
    made = _own(signed_in(request), pk)
    item = made.item
    known = sheets.staff_rows(item, made.institution_scope, timezone.localdate())
    return _file(f"{item.short_title}人员表", sheets.template(item, known))


@require_safe
@applicants_only
def given_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows as they were written, with a column that says why one was not taken; `?open=1`: those not handed in."""
    made, open_only = _own(signed_in(request), pk), bool(request.GET.get("open"))
    item = made.item
    filled = sheets.template(item, sheets.given_back(made, open_only=open_only), problems=True)
    return _file(f"{made.number}{'未提交的人员' if open_only else '核对结果'}", filled)


@require_POST
@applicants_only
def add_rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rows typed into the table; what all share is filled in once."""
    account = signed_in(request)
    made = _own(account, pk)
    titles = [*collective.head_of(made.item), *(column.title for column in collective.columns_of(made.item))]
    shared = {title: request.POST.get(f"shared-{n}", "").strip() for n, title in enumerate(titles)}
    first = (made.rows.aggregate(last=Max("line"))["last"] or 0) + 1
    written: list[tuple[int, dict[str, str]]] = []
    for line in range(BLANK_ROWS):
        own = {title: request.POST.get(f"row{line}-{n}", "").strip() for n, title in enumerate(titles)}
        if any(own.values()):
            written.append((first + len(written), {t: own[t] or shared[t] for t in titles}))
    return _take_in(request, account, made, written)


@require_POST
@applicants_only
def upload(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A filled-in sheet: xlsx, xls or csv."""
    account = signed_in(request)
    made = _own(account, pk)
    sent = request.FILES.get("sheet")
    if sent is None:
        messages.error(request, "请选择填好的表格")
        return redirect("my:dossier", pk=pk)
    try:
        read = read_upload(sent, most=collective.MOST_ROWS, heads=(corrected.NAME,))
    except UnreadableFile as problem:
        messages.error(request, str(problem))
        return redirect("my:dossier", pk=pk)
    if corrected.NAME not in read.heading:
        messages.error(request, f"表头没有“{corrected.NAME}”一栏，请用下载的表填写")
        return redirect("my:dossier", pk=pk)
    return _take_in(request, account, made, read.records())


def _take_in(
    request: HttpRequest, account: Account, made: Dossier, written: Iterable[tuple[int, Mapping[str, str]]]
) -> HttpResponseBase:
    try:
        rows = collective.take_in(made, account, written)
    except NotPossibleError as problem:
        messages.error(request, str(problem))
        return redirect("my:dossier", pk=made.pk)
    if not rows:
        messages.success(request, "表格与这批已有的内容相同，没有改动")
        return redirect("my:dossier", pk=made.pk)
    if len(rows) <= AT_ONCE:
        working_up.work_up(made, account)
        return redirect("my:dossier", pk=made.pk)
    return _deferred(working_up.WORK_UP, f"核对 {made.number} 的人员表", account, made)


def _deferred(name: str, title: str, account: Account, made: Dossier) -> HttpResponseBase:
    """The work goes on while nobody waits; its page leads back to the dossier."""
    page = reverse("my:dossier", args=[made.pk])
    job = jobs.defer(name, account=account, title=title, dossier=made.pk, by=account.pk, page=page)
    return redirect(jobs.progress_page(job))


@require_POST
@applicants_only
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the chosen cells of the sheet instead of what is known."""
    account = signed_in(request)
    taken = collective_differences.take(_own(account, pk), account, set(request.POST.getlist("take")))
    messages.success(request, f"已采用表格所填 {taken} 处" if taken else "没有选中，全部按登记资料")
    return redirect("my:dossier", pk=pk)


@require_POST
@applicants_only
def papers(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One paper for every draft, or an archive with a paper for each."""
    account = signed_in(request)
    made = _own(account, pk)
    item = made.item
    material = next((each for each in item.materials if each.code == request.POST.get("material")), None)
    sent = request.FILES.get("papers")
    if material is None or sent is None:
        messages.error(request, "请选择材料和文件")
    elif (sent.size or 0) > collective_papers.MOST_BYTES:
        messages.error(request, "文件超过 200 MB，请分几次上传")
    else:
        try:
            done = collective_papers.hand_in_papers(made, account, material, sent.name or "", sent.read())
            messages.success(request, f"{material.title}：已交 {done.kept} 人")
            for problem in done.problems[:MOST_PROBLEMS]:
                messages.error(request, problem)
        except NotPossibleError as problem:
            messages.error(request, str(problem))
    return redirect("my:dossier", pk=pk)


@require_POST
@applicants_only
def hand_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Submit every draft that is in order; a large dossier as a job."""
    account = signed_in(request)
    made = _own(account, pk)
    page = reverse("my:dossier", args=[pk])
    if made.rows.exclude(case=None).count() > AT_ONCE:
        return _deferred(handing_in.JOB, f"提交 {made.number}", account, made)
    outcomes = handing_in.hand_in(made, account)
    done = sum(not outcome.problem for outcome in outcomes)
    messages.success(
        request, f"已提交 {done} 件" + (f"，{len(outcomes) - done} 件还不能提交" if len(outcomes) > done else "")
    )
    return redirect(page)


FAULTY, UNREADY, WAITING, READY = "错误", "待改正", "待核对", "可提交"
ORDER = {word: place for place, word in enumerate((FAULTY, UNREADY, WAITING, READY))}
"""What a row is before it is handed in, what asks for work first; after that it is called as its case."""
_PLACE = Choose(
    When(case=None, problem="", then=2),
    When(case=None, then=0),
    When(Q(case__state=CaseState.DRAFT) & ~Q(problem=""), then=1),
    When(case__state=CaseState.DRAFT, then=3),
    default=4,
)


def _row(row: Any) -> dict[str, Any]:
    case = row.case
    editable = case is not None and case.state in (CaseState.DRAFT, CaseState.CORRECTING)
    return {
        "line": row.line,
        "name": row.name,
        "case": case,
        "state": _word(row),
        "problem": row.problem if case is None or case.state == CaseState.DRAFT else case.summary,
        "url": reverse("my:form" if editable else "my:case", args=[case.number]) if case else "",
    }


def _word(row: Any) -> str:
    if row.case is None:
        return FAULTY if row.problem else WAITING
    if row.case.state == CaseState.DRAFT:
        return UNREADY if row.problem else READY
    return CaseState(row.case.state).label


def _institution(account: Account) -> Scope:
    held = scopes_of(account, Role.INSTITUTION_OPERATOR)
    if not held:
        raise PermissionDenied("集体办理由机构经办人使用；需要这一授权的，请系统管理员提出、安全管理员批准")
    return held[0]


def _own(account: Account, pk: int) -> Dossier:
    made = Dossier.objects.visible_to(account).filter(pk=pk).first()
    if made is None or not allowed(account, Role.INSTITUTION_OPERATOR, made.institution_scope):
        raise Http404("没有这批办件，或者不是本机构的")
    return made


def _file(name: str, sheets: tuple[spreadsheets.Sheet, ...]) -> FileResponse:
    made = TemporaryFile()  # noqa: SIM115  closed by the response
    spreadsheets.write(made, *sheets)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.xlsx", content_type=spreadsheets.MEDIA_TYPE)
