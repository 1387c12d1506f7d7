"""One batch: how far it is, what was found by kind and row by row, what it would change, who let it in, undoing it."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.intake import approving
from yizheng.intake.answers.writing import answer_name, write_answer
from yizheng.intake.files import UnreadableFile
from yizheng.intake.formats import Format, Severity, format_of
from yizheng.intake.models import Batch, BatchState, Finding, kinds_of
from yizheng.intake.verbs.receive import same_file
from yizheng.intake.verdicts import LABELS, ROWS_OF_A_TABLE, changed_rows
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import held_by
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import names_of
from yizheng.registry.failures import RegistryError
from yizheng.registry.rolling_back.undoing import LineKey, preview_rollback
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.work.approval import may_decide

SHOWN = 50
MOST_NAMED = 20


def visible_batch(account: Account, number: int) -> Batch:
    """The batch, if the account may see it."""
    found: Batch | None = (
        Batch.objects.visible_to(account).select_related("account", "approved_by").filter(pk=number).first()
    )
    if found is None:
        raise Http404("没有这个批次")
    return found


@never_cache
@for_roles(DESKS)
@require_safe
def batch_page(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a batch."""
    return show(request, visible_batch(signed_in(request), number))


def show(request: HttpRequest, batch: Batch, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was wrong with an act upon it."""
    account, declared = signed_in(request), format_of(batch.format)
    waiting = approving.waiting_for(batch)
    code = request.GET.get("kind", "")
    job = approving.job_of(batch)
    context: dict[str, Any] = {
        "batch": batch,
        "format": declared,
        "scope": Scope.objects.get(pk=batch.authority_scope),
        "job": job if job and not job.is_finished else None,
        "own_job": job is not None and job.account_id == account.pk,
        "failed": job if job and job.state in ("failed", "cancelled") else None,
        "stages": _stages(batch),
        "shares": _shares(batch),
        "verdicts": [(LABELS[one], count) for one, count in batch.difference.get("verdicts", {}).items()],
        "errors": _kinds(batch),
        "code": code,
        "findings": _findings(batch, declared, code, request.GET.get("after", "")),
        "waiting": waiting,
        "undoing": waiting is not None and waiting.kind == approving.UNDO,
        "may_decide": waiting is not None and may_decide(held_by(account), waiting),
        "same": same_file(batch) if batch.state == BatchState.CHECKED else None,
        "columns": declared.columns,
        "problem": problem,
        **_what_it_changes(batch, declared),
        **_undoing(account, batch),
    }
    return render(request, "intake/batch.html", context, status=status)


DONE, NOW, TO_COME = "done", "now", ""
_HELD = ("conflict", "unknown")
_PASSED = {
    BatchState.RECEIVED: 1, BatchState.CHECKED: 2, BatchState.REFUSED: 1, BatchState.DISCARDED: 1,
    BatchState.PROPOSED: 3, BatchState.APPROVED: 4, BatchState.LOADED: 5, BatchState.NOTHING: 5,
    BatchState.UNDONE: 5,
}  # fmt: skip
"""How many stages a batch in this state has behind it."""
_STOPPED = frozenset({BatchState.REFUSED, BatchState.DISCARDED})


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, what is said of it, and whether it is behind, now, or to come."""

    title: str
    says: str
    standing: str


def _stages(batch: Batch) -> list[Stage]:
    """接收, 核对, 提请, 批准, 入册."""
    state = BatchState(batch.state)
    passed = _PASSED[state]
    words = (
        ("接收", "按摘要保存"),
        ("核对", f"{batch.rows:,} 行，不写登记" if passed > 1 else ""),
        ("提请", "由经办人确认" if passed < 3 else ""),
        ("批准", batch.approved_by.display_name if batch.approved_by else "由另一人"),
        ("入册", f"变更 {batch.change}" if batch.change else "一次变更"),
    )
    return [Stage(title, says, _standing(at, passed, state)) for at, (title, says) in enumerate(words)]


def _standing(at: int, passed: int, state: BatchState) -> str:
    if at < passed:
        return DONE
    return NOW if at == passed and state not in _STOPPED else TO_COME


@dataclass(frozen=True, slots=True)
class Share:
    """Rows of one fate: how many, after how many others in the bar, and their part of the whole."""

    kind: str
    count: int
    start: int
    part: str


def _shares(batch: Batch) -> list[Share]:
    """The rows that go in, those in error and those that wait for a person; none without rows."""
    verdicts = batch.difference.get("verdicts", {})
    held = min(batch.rejected, sum(verdicts.get(each, 0) for each in _HELD))
    counted = (("ok", batch.accepted), ("bad", batch.rejected - held), ("past", held))
    found, start = [], 0
    for kind, count in counted:
        if count and batch.rows:
            found.append(Share(kind, count, start, f"{count / batch.rows:.2%}"))
            start += count
    return found


def _kinds(batch: Batch) -> list[dict[str, Any]]:
    found = kinds_of(batch)
    most = max((count for _, count, _, _ in found), default=1)
    return [
        {"code": code, "count": count, "message": words, "level": Severity(severity).label, "part": 100 * count // most}
        for code, count, words, severity in found
    ]


def _findings(batch: Batch, declared: Format, code: str, after: str) -> dict[str, Any]:
    rows = Finding.objects.filter(batch=batch)
    if code:
        rows = rows.filter(code=code)
    if after.isdigit() and len(after) < 10:
        rows = rows.filter(row__gt=int(after))
    found = list(rows.order_by("row", "id")[: SHOWN + 1])
    headings = {column.name: column.heading for column in declared.columns}
    shown = [
        {
            "place": _place(one.row),
            "severity": Severity(one.severity).label,
            "heading": headings.get(one.column, ""),
            "finding": one,
        }
        for one in found[:SHOWN]
    ]
    return {"rows": shown, "more": found[SHOWN - 1].row if len(found) > SHOWN else None}


def _place(row: int) -> str:
    table, number = divmod(row, ROWS_OF_A_TABLE)
    return f"表{table + 1}第{number}行" if table else f"第{number}行"


def _what_it_changes(batch: Batch, declared: Format) -> dict[str, Any]:
    if batch.state not in (BatchState.CHECKED, BatchState.PROPOSED):
        return {"changed": []}
    return {"changed": changed_rows(batch, declared)}


def _undoing(account: Account, batch: Batch) -> dict[str, Any]:
    """For a deciding person of the authority: what undoing the batch would do, and what stands in the way."""
    if batch.state != BatchState.LOADED or not held_by(account).has_over(Role.DECIDER, [batch.authority_scope]):
        return {"may_undo": False}
    try:
        with acting_as_system(f"回退预览 batch:{batch.pk}"):
            refused = preview_rollback(int(batch.change or 0)).refused
    except RegistryError as refusal:
        return {"may_undo": False, "cannot_undo": str(refusal)}
    return {"may_undo": True, "dependents": _in_the_way(refused), "dependent_count": len(refused)}


def _in_the_way(refused: Mapping[LineKey, str]) -> list[str]:
    """Why these lines stay, by the person's name instead of the register's keys."""
    return [
        why.replace(
            f"“{key.line}”（主体 {key.subject_id}）",
            f"（{'、'.join(sorted(names_of(key.subject_id))) or '姓名未登记'}）",
        )
        for key, why in islice(refused.items(), MOST_NAMED)
    ]


@for_roles(DESKS)
@require_safe
def answer(request: HttpRequest, number: int) -> FileResponse:
    """The user's own file with a column of findings; recorded, for it holds personal data."""
    account = signed_in(request)
    batch = visible_batch(account, number)
    with tempfile.NamedTemporaryFile(prefix="yizheng-answer-", delete=False) as kept:
        path = Path(kept.name)
    try:
        write_answer(batch, path)
        stream = path.open("rb")
    except UnreadableFile as refused:
        raise Http404(str(refused)) from refused
    finally:
        path.unlink()
    audit.record(account, "intake.open_answer", f"batch:{batch.pk}")
    return FileResponse(stream, as_attachment=True, filename=answer_name(batch))
