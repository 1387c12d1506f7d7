"""One slice: what it holds, how it agrees with the one before, what polishing and verification found, who signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.kernel.statistics.intervals import wilson
from yizheng.people.kinds import Role
from yizheng.people.permissions import held_by
from yizheng.people.rights.visibility import reach_in_force
from yizheng.people.tables import Asked, Column, Kept, State, Table
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.record.pages import person_address
from yizheng.shell.slices.listing import READERS, address, detail, state, title
from yizheng.slices import quality
from yizheng.slices.columns import PEOPLE
from yizheng.slices.models import PolishLine, Reconciliation, Slice, SliceReport, SliceState
from yizheng.slices.polish_rules import RULES
from yizheng.slices.profiling import drifts
from yizheng.slices.quality import Result
from yizheng.slices.reconciling import earlier_of
from yizheng.slices.verifying import standing_of

MOST_SHOWN = 200
_FALLBACK = "doctor"


def found(request: HttpRequest, pk: int) -> Slice:
    """The slice if the account may see it."""
    made = Slice.objects.visible_to(signed_in(request)).select_related("operator", "parent").filter(pk=pk).first()
    if made is None:
        raise Http404("没有这个切片，或者不在您的辖区")
    return made


@never_cache
@for_roles(READERS)
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One slice."""
    return show(request, found(request, pk))


def show(request: HttpRequest, made: Slice, problem: str = "", status: int = 200) -> HttpResponse:
    """The page of a slice, with what was wrong with an act on it."""
    earlier = earlier_of(made) if made.parent_id is None else made.parent
    report = SliceReport.objects.filter(slice=made).select_related("first_signer", "second_signer").first()
    context = {
        "made": made,
        "title": title(made),
        "state": state(made),
        "detail": detail(made),
        "problem": problem,
        "tables": list(made.tables.all()),
        "earlier": earlier,
        "earlier_address": address(earlier) if earlier else "",
        "polished": made.polished.first(),
        "reconciliation": _reconciled(made),
        "drifts": _drifts(made, earlier),
        "report": report,
        "quality": _quality(report),
        "standing": standing_of(made),
        "samples": _samples(made),
        "error_rate": _error_rate(report),
        "lines": made.polish_lines.count(),
        "keeper": held_by(signed_in(request)).has(Role.ANALYST),
        "open": made.state == SliceState.CUT,
        "fit": made.parent_id is None and made.state in (SliceState.CUT, SliceState.SIGNED, SliceState.RELEASED),
    }
    return render(request, "slices/slice.html", context, status=status)


def _reconciled(made: Slice) -> Reconciliation | None:
    latest = made.reconciliations.select_related("earlier").first()
    if latest is not None:
        for each in latest.faults:
            each["url"] = _subject_address(made.register, each["subject"])
    return latest


def _subject_address(register: str, subject: int) -> str:
    """Where the subject is looked at: people in the register of doctors, where they have no register of their own."""
    return person_address(_FALLBACK if register == PEOPLE.code else register, subject)


def _drifts(made: Slice, earlier: Slice | None) -> list[Mapping[str, Any]]:
    before = {part.table: part.profile for part in earlier.tables.all()} if earlier else {}
    return [
        {"table": part.title, "column": each.column, "what": each.what, "before": each.before, "after": each.after}
        for part in made.tables.all()
        if part.table in before
        for each in drifts(before[part.table], part.profile)
    ]


def _quality(report: SliceReport | None) -> list[dict[str, Any]]:
    if report is None:
        return []
    results = [Result(**{**each, "subjects": tuple(each["subjects"])}) for each in report.results]
    return [
        {"title": name, "tested": tested, "hit": tested - passed, "score": f"{passed / tested:.2%}" if tested else ""}
        for _, name, tested, passed in quality.scores(results)
    ]


def _samples(made: Slice) -> list[dict[str, Any]]:
    return [
        {"sample": each, "url": _subject_address(made.register, each.subject)}
        for each in made.samples.select_related("checked_by")[:MOST_SHOWN]
    ]


def _error_rate(report: SliceReport | None) -> str:
    """The share of the sample that differed, with its interval, as it is published."""
    if report is None or not report.sampled:
        return ""
    low, high = wilson(report.differing, report.sampled, 0.95)
    return f"{report.differing / report.sampled:.2%}（95% 区间 {low:.2%}–{high:.2%}，Wilson）"


def _lines(asked: Asked) -> Any:
    rows = PolishLine.objects.select_related("slice").order_by("pk")
    return rows.filter(slice_id=asked["slice"], authority_scope__in=_scopes(asked))


def _scopes(asked: Asked) -> tuple[int, ...]:
    return reach_in_force(asked.account).scopes


LINES = Table(
    "polish_lines",
    "打磨记录",
    _lines,
    (
        Column("主体", "subject", 12, link=lambda line: _subject_address(line.slice.register, line.subject)),
        Column("登记事实表", "table", 24, css="dense"),
        Column("字段", "label", 16),
        Column("原值", "old", 24),
        Column("新值", lambda line: line.new if line.mended else "", 24, nothing="没有规则能自动处理"),
        Column("规则", lambda line: RULES[line.rule], 30, css="dense"),
        State("处理", lambda line: "已处置" if line.mended else "待核实", 12),
        Column("已发更正通知", "ordered", 18),
    ),
    guard=for_roles(READERS | DESKS),
    filters=(Kept("切片", "slice"),),
    order=("pk",),
    says="只改切片副本；登记簿有误的，由登记机关在登记簿中更正",
    tally="处",
    empty="打磨没有发现要处理的内容。",
)
"""Every cell that polishing changed or marked."""
