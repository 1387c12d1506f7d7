"""拟办: what the end or change of other facts proposes to the authority; a reviewing person says what became of it."""

from collections.abc import Iterable
from re import fullmatch
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.licensing.catalogue import item
from yizheng.licensing.deadlines.warning import names_of_people
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Proposal
from yizheng.licensing.models.proposal import ProposalQuerySet
from yizheng.licensing.ports.consequences import ProposedAct, act_of, is_about_case
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import allowed, roles_of
from yizheng.people.scopes import organisation_of
from yizheng.people.tables import Actions, Asked, Column, Link, Shown, Table
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.record.pages import person_address

HANDLERS = frozenset({Role.REVIEWER, Role.DECIDER})
MOST_WORDS = 200
MOST, MOST_TOLD = 200, 10
"""So many acts are opened at once; of those that were not, so many are told by name."""


@require_POST
@office_only
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write what became of a proposal; of two who do so at once, one wins and the other is told."""
    account = handler(request)
    found = Proposal.objects.visible_to(account).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这一项拟办，或者不在您的辖区")
    if not any(allowed(account, role, found.authority_scope) for role in HANDLERS):
        raise PermissionDenied("拟办由该机关的审核、决定人员处理")
    outcome = request.POST.get("outcome", "").strip()[:MOST_WORDS]
    if not outcome:
        return PROPOSALS.answer(request, 422, problem="请写明处理结果。")
    waiting = Proposal.objects.visible_to(account).filter(pk=pk, settled_at=None)
    if not waiting.update(settled_at=timezone.now(), settled_by=account, outcome=outcome):
        return PROPOSALS.answer(request, 409, problem=_who_was_first(account, pk))
    audit.record(account, "proposal.settle", f"proposal:{pk}", {"subject": found.subject_id})
    messages.success(request, "已记入处理结果")
    return redirect("proposals:list")


@require_POST
@office_only
def begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open the act a proposal leads to, its form begun and its facts written; the proposal is dealt with by that."""
    account = handler(request)
    found = open_proposals(account).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这一项拟办，或者已有人处理")
    act = act_of(found.consequence, timezone.localdate())
    if act is None:
        problem = "这一项拟办没有对应的依职权事项，请写明处理结果。"
        return PROPOSALS.answer(request, 422, problem=problem)
    try:
        case = _begun(account, found, act)
    except (NotPossibleError, NotPermittedError) as refused:
        return PROPOSALS.answer(request, 422, problem=f"{refused}。")
    if case is None:
        return PROPOSALS.answer(request, 409, problem=_who_was_first(account, pk))
    messages.success(request, f"已立案 {case.number}")
    return redirect("desk:case", number=case.number)


@require_POST
@office_only
def begin_many(request: HttpRequest) -> HttpResponseBase:
    """Open the acts of the chosen proposals, or of all that one kind of reason led to; each case is decided by itself."""
    account, today = handler(request), timezone.localdate()
    rows = open_proposals(account).order_by("due_on", "pk")
    if whole := request.POST.get("whole", ""):
        rows = rows.filter(consequence=whole[:MOST_WORDS])
    else:
        rows = rows.filter(pk__in=[int(each) for each in request.POST.getlist("row") if fullmatch("[0-9]{1,17}", each)])
    begun, left = 0, list[str]()
    for found in rows[:MOST]:
        act = act_of(found.consequence, today)
        try:
            done = act is not None and _begun(account, found, act) is not None
            begun += done
            left += [] if done else [f"{found.title}：没有对应的依职权事项，或者已有人处理"]
        except (NotPossibleError, NotPermittedError) as refused:
            left.append(f"{found.title}：{refused}")
    if not begun + len(left):
        return PROPOSALS.answer(request, 422, problem="请先选择拟办，或者选一种事由。")
    messages.success(request, f"已立案 {begun} 件" + (f"，{len(left)} 项没有立案" if left else ""))
    for each in left[:MOST_TOLD]:
        messages.error(request, each)
    return redirect("proposals:list")


def _begun(account: Account, found: Proposal, act: ProposedAct) -> Case | None:
    """The case; nothing when somebody else dealt with the proposal first, and then nothing was opened."""
    with transaction.atomic():
        case = propose(
            account,
            act.item,
            subject_id=found.subject_id,
            subject_name=_called(found.subject_id),
            authority_scope=found.authority_scope,
            evidence=f"{found.title}（{found.article}）",
            answers={step: dict(fields) for step, fields in act.answers.items()},
        )
        waiting = Proposal.objects.visible_to(account).filter(pk=found.pk, settled_at=None)
        outcome = f"已立案 {case.number}"
        if not waiting.update(settled_at=timezone.now(), settled_by=account, outcome=outcome):
            transaction.set_rollback(True)
            return None
        audit.record(account, "proposal.settle", f"proposal:{found.pk}", {"subject": found.subject_id})
    return case


def _called(subject_id: int) -> str:
    """The name of a person, or of an organisation."""
    organisation = organisation_of(subject_id)
    return names_of_people([subject_id]).get(subject_id) or (organisation.name if organisation else "")


def open_proposals(account: Account) -> ProposalQuerySet:
    """Proposals nobody has dealt with, of the authorities the account works for."""
    return Proposal.objects.visible_to(account).filter(settled_at=None)


def handler(request: HttpRequest) -> Account:
    """Who deals with proposals; anybody else is refused."""
    account = signed_in(request)
    if HANDLERS.isdisjoint(roles_of(account)):
        raise PermissionDenied("拟办由审核、决定人员处理；需要这一授权的，请系统管理员提出、安全管理员批准")
    return account


def _leading(rows: list[Proposal], asked: Asked) -> Iterable[dict[str, Any]]:
    """Each proposal with where it leads: the act to open, or the case it is about; one query."""
    causes = [row.cause for row in rows if is_about_case(row.consequence)]
    cases = Case.objects.visible_to(asked.account).filter(change_id__in=causes)
    numbers = dict(cases.values_list("change_id", "number"))
    for row in rows:
        act = act_of(row.consequence, asked.today)
        yield {
            "pk": row.pk,
            "name": row.title,
            "due_on": row.due_on,
            "overdue": row.due_on is not None and row.due_on < asked.today,
            "title": row.title,
            "article": row.article,
            "created_at": row.created_at,
            "url": person_address(row.register, row.subject_id),
            "act": item(act.item, asked.today).title if act else "",
            "case": numbers.get(row.cause, "") if is_about_case(row.consequence) else "",
        }


def _acts(asked: Asked) -> dict[str, Any]:
    """The reasons that lead to an act, with how many proposals each has; one query."""
    counted = open_proposals(asked.account).values_list("consequence").annotate(n=Count("pk")).order_by("consequence")
    acts = [(code, act_of(code, asked.today), many) for code, many in counted]
    titles = {code: item(act.item, asked.today).title for code, act, _ in acts if act}
    return {"most": MOST, "acts": [(code, titles[code], many) for code, _, many in acts if code in titles]}


PROPOSALS = Table(
    "proposals",
    "拟办",
    lambda asked: open_proposals(handler(asked.request)),
    (
        Actions("到期", "proposals/due.html", css="together"),
        Column("到期", "due_on", 12, shown=Shown.ON_PAPER),
        Column("事由", "title", 50, css="name", link="url"),
        Column("依据", "article", 40, css="dense ink-2"),
        Column("提出", "created_at", 18, css="dense"),
        Actions("处理结果", "proposals/settle.html", css="deal"),
    ),
    guard=office_only,
    order=("due_on", "pk"),
    described=_leading,
    boxes="begin-many",
    template="proposals/list.html",
    more=_acts,
    says="登记变更引起、须由人处理的事；处理结果记入登记，不自动变更任何登记",
    tally="项，先到期的在前",
    empty="没有待处理的拟办。机构终止执业等变更引起的后果会出现在这里。",
    empty_link=lambda asked: Link("回待办", reverse("desk:worklist")),
)
"""The open proposals of the authority, what is due first in front."""


def _who_was_first(account: Account, pk: int) -> str:
    row = Proposal.objects.visible_to(account).select_related("settled_by").get(pk=pk)
    who = row.settled_by.display_name if row.settled_by else "他人"
    when = f"{timezone.localtime(row.settled_at):%H:%M}" if row.settled_at else ""
    return f"{who} 已于 {when} 处理：{row.outcome}。您填写的结果没有记入。"
