"""回退预览: what undoing a change would do to each line, what must be done besides; the proposal, and what follows it."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yizheng.disclosure.publishing import refresh_facts
from yizheng.documents import compensation
from yizheng.licensing.cases import rollbacks
from yizheng.licensing.cases.touching import Touched, follows
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import ChangeKind, StateFact
from yizheng.registry.reading import kinds
from yizheng.registry.record import LineStep, Record, Step
from yizheng.registry.rolling_back.undoing import LineKey
from yizheng.registry.wording.words import Words
from yizheng.shell.desk.access import AUTHORITY, office_only, signed_in
from yizheng.shell.record import changes
from yizheng.shell.record.head import head
from yizheng.shell.record.names import names_for
from yizheng.shell.record.pages import ChangeLink, RecordPage, declare_link, page_of, record_for
from yizheng.work import inbox
from yizheng.work.approval import ApprovalRefused, may_decide

MOST_REASON = 500
MOST_ACTS = 10
MOST_TOLD = 50
_CHANGE = re.compile(r"变更 (\d+)")


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def rollback(request: HttpRequest, subject_id: int, change_id: int, register: str) -> HttpResponseBase:
    """Show the preview; a POST proposes."""
    account = signed_in(request)
    if account.kind not in AUTHORITY:
        raise PermissionDenied("回退由作出登记的机关办理")
    page = page_of(register)
    record = record_for(account, page, subject_id)
    step = next((each for each in record.steps() if each.change.pk == change_id), None)
    if step is None:
        raise Http404(f"这项{page.title}没有这次变更")
    if request.method == "POST":
        return _propose(request, page, record, step)
    return _page(request, page, record, step)


@requires_recent_sign_in
def _propose(request: HttpRequest, page: RecordPage, record: Record, step: Step) -> HttpResponseBase:
    account, change_id = signed_in(request), step.change.pk
    words = Words(names_for(record.versions))
    title = f"{head(account, page, record, timezone.localdate())['name']}　{words.headline(step)}"
    reason = request.POST.get("reason", "").strip()[:MOST_REASON]
    try:
        plan = rollbacks.plan_for(change_id)
        if not rollbacks.may_roll_back(account, plan.authorities):
            raise PermissionDenied("回退须由作出该登记的机关的决定人员提请")
        rollbacks.propose(account, change_id, title, request.POST.get("ground", ""), reason)
    except (ApprovalRefused, RegistryError) as refused:
        return _page(request, page, record, step, problem=str(refused), status=409)
    return redirect(page.within("rollback", record.subject_id, change_id))


def _page(
    request: HttpRequest, page: RecordPage, record: Record, step: Step, *, problem: str = "", status: int = 200
) -> HttpResponse:
    account, words = signed_in(request), Words(names_for(record.versions))
    context: dict[str, Any] = {
        "page": page,
        "search_url": page.within("search"),
        "head": head(account, page, record, timezone.localdate()),
        "title": words.headline(step),
        "change": step.change,
        "lines": changes.compared(step, words),
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "ground": request.POST.get("ground", ""),
        "grounds": rollbacks.GROUNDS.items(),
        "back": page.address(record.subject_id),
        **prospect(account, record, step, words),
    }
    return render(request, "shell/rollback.html", context, status=status)


def prospect(account: Account, record: Record, step: Step, words: Words) -> dict[str, Any]:
    """What would happen, who may ask for it, and whether somebody already has."""
    why = rollbacks.hindrance(step.change.pk)
    if why:
        return {"impossible": why, "rows": [], "waiting": None, "hindrance": ""}
    again = tuple(each for line in step.lines for each in line.before)
    try:
        plan = rollbacks.plan_for(step.change.pk)
    except RegistryError as problem:
        return {"impossible": str(problem), "rows": [], "waiting": None, "hindrance": ""}
    refused = plan.preview.refused
    by_line = {LineKey(each.kind.fact_table(), record.subject_id, each.line): each for each in step.lines}
    mine, others, kept = rollbacks.lines_of(plan.preview, by_line)
    rows = [_row(by_line[key], _why(key, refused.get(key, ""), record), words) for key in mine]
    waiting = rollbacks.waiting_for(step.change.pk)
    acts = compensation.to_rollback(step.change.pk).acts()
    return {
        "impossible": "",
        "rows": rows,
        "cautions": rollbacks.cautions.ask(again),
        "others": others,
        "kept": kept,
        "acts": acts[:MOST_ACTS],
        "more_acts": max(0, len(acts) - MOST_ACTS),
        "waiting": waiting,
        "approves": waiting is not None and may_decide(held_by(account), waiting),
        "hindrance": _hindrance(account, plan, rows, others),
    }


def _row(step: LineStep, why: str, words: Words) -> dict[str, str]:
    fact = step.new or step.old
    return {
        "title": words.line(fact) if fact else "",
        "does": _does(step, words),
        "why": why,
        "word": "不能回退" if why else "可回退",
    }


def _why(key: LineKey, why: str, record: Record) -> str:
    """The registry's ground without keys a clerk does not know; the change in the way by its position."""
    said = why.replace(f"“{key.line}”（主体 {key.subject_id}）", "")
    return _CHANGE.sub(lambda found: _placed(record, int(found[1])) or found[0], said)


def _placed(record: Record, change_id: int) -> str:
    change = record.changes.get(change_id)
    return f"变更（序位 {change.position:,}）" if change and change.position else ""


def _does(step: LineStep, words: Words) -> str:
    opens = dict.fromkeys(words.says(each) for each in step.before)
    closes = dict.fromkeys(words.says(each) for each in step.after)
    new = [text for text in closes if text not in opens]
    said = []
    if new:
        said.append("关闭" + "、".join(f"“{text}”" for text in new))
    if opens:
        period = "" if new else "原来的有效期"
        said.append("恢复" + "、".join(f"“{text}”" for text in opens) + period)
    return "，".join(said)


def _hindrance(account: Account, plan: rollbacks.Plan, rows: list[dict[str, str]], others: int) -> str:
    """Why this person cannot propose; empty when she can."""
    if rows and not others and all(row["why"] for row in rows):
        return "各登记项都不能回退，没有可以提请的内容"
    if not rollbacks.may_roll_back(account, plan.authorities):
        return "须由作出该登记的机关的决定人员提请"
    return ""


declare_link(ChangeLink("回退预览", "arrow-back-up", lambda page, *about: page.within("rollback", *about)))


@follows
def publish(touched: Touched) -> None:
    """Make the public entries anew, each in its register."""
    refresh_facts(touched.touched)


@follows
def tell(touched: Touched) -> None:
    """Tell the people whose states went back; of a batch the first of them."""
    states = [kind for kind in kinds() if issubclass(kind, StateFact)]
    subjects = touched.subjects(*states)[:MOST_TOLD]
    what = "回退" if touched.change.kind == ChangeKind.ROLLBACK else ""
    for account in Account.objects.filter(subject_id__in=subjects, is_active=True):
        inbox.send(
            to=account, title=f"登记已更正：{what}“{touched.title}”", kind="registry", link=reverse("my:records")
        )
