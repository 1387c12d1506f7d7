"""Batches on the worklist: one verb for many cases, each by itself, each answered by itself."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.licensing import lifecycle
from yizheng.licensing.collective import batching
from yizheng.licensing.lifecycle import TABLES, Actor, Move
from yizheng.licensing.models import Batch, Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import permits
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.signing_in import recent
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.worklist_cases import chosen_cases
from yizheng.shell.navigation import set_about
from yizheng.work.jobs import progress_page

MOST = 1000
DISPOSE = "dispose"
DESK_ROLES = {**permits.STAFF_ROLES, Actor.INSTITUTION: Role.INSTITUTION_OPERATOR}


@dataclass(frozen=True, slots=True)
class BatchVerb:
    """A verb of the desk as the worklist offers it: whose it is, from which states, its key, what it asks for."""

    verb: str
    title: str
    roles: frozenset[Role]
    states: frozenset[CaseState]
    key: str = ""
    needs_reason: bool = False
    grave: bool = False
    confirm_identity: bool = False
    clear: bool = False
    """Not done while a finding stands open."""

    @property
    def first(self) -> bool:
        """Whether it leads a case onward."""
        return self.key == "a"


def _declared() -> dict[str, BatchVerb]:
    """Every move of the lives of cases that somebody at a desk makes: what one case knows, many know."""
    found = {DISPOSE: BatchVerb(DISPOSE, "处置提示", frozenset(permits.STAFF_ROLES.values()), frozenset())}
    for table in TABLES.values():
        for state, moves in table.items():
            for move in moves:
                if not move.alone and (role := DESK_ROLES.get(move.who)):
                    _add(found, move, role, state)
    return found


def _add(found: dict[str, BatchVerb], move: Move, role: Role, state: CaseState) -> None:
    new = BatchVerb(
        move.verb, move.title, frozenset(), frozenset(), move.key, move.needs_reason,
        move.grave and move.key != "a", move.confirm_identity, move.clear_of_blocks,
    )  # fmt: skip
    known = found.get(move.verb, new)
    found[move.verb] = replace(known, roles=known.roles | {role}, states=known.states | {state})


VERBS = _declared()


def verbs_of(held: Collection[Role]) -> list[BatchVerb]:
    """The verbs that these roles may do to many, those that lead onward last."""
    return sorted((each for each in VERBS.values() if not each.roles.isdisjoint(held)), key=lambda verb: verb.first)


def verbs_for(verbs: Sequence[BatchVerb], case: Case) -> list[str]:
    """Which of the verbs a case knows where it stands."""
    known = {move.verb for move in lifecycle.moves(case.item, CaseState(case.state))}
    state = CaseState(case.state)
    found = [verb.verb for verb in verbs if verb.verb in known and state in verb.states]
    return [DISPOSE, *found] if case.advice and any(verb.verb == DISPOSE for verb in verbs) else found


@require_POST
@office_only
def batch(request: HttpRequest) -> HttpResponseBase:
    """Ask first: how many, which items, what cannot go and why; a confirmed POST does the verb to the rest."""
    account = signed_in(request)
    chosen = {verb.verb: verb for verb in verbs_of(roles_of(account))}.get(request.POST.get("verb", ""))
    cases = _cases(request, account, chosen) if chosen else []
    if chosen is None or not cases:
        return redirect("desk:worklist")
    if chosen.verb == DISPOSE:
        return disposing(request, account, chosen, cases)
    reason = request.POST.get("opinion", "").strip()
    if request.POST.get("confirmed") != "yes":
        return _ask(request, account, chosen, cases)
    if chosen.needs_reason and not reason:
        return _ask(request, account, chosen, cases, problem=f"{chosen.title}须写明理由")
    if chosen.confirm_identity and not recent.recently_authenticated(request):
        recent.keep_posted(request)
        return redirect(f"{reverse('people:confirm')}?next={request.path}")
    made = batching.choose(account, chosen.verb, cases, reason)
    job = batching.start(made, chosen.title)
    return redirect(progress_page(job) if job else reverse("desk:batch_result", args=[made.pk]))


def _ask(
    request: HttpRequest, account: Account, verb: BatchVerb, cases: Sequence[Case], problem: str = ""
) -> HttpResponse:
    set_about(request, {case.item.system for case in cases})
    barred = batching.barred(account, verb.verb, cases)
    going = [case for case in cases if case.pk not in barred]
    context = {
        "verb": verb,
        "going": going,
        "items": tallied(going),
        "barred": [(case, barred[case.pk]) for case in cases if case.pk in barred],
        "opinion": request.POST.get("opinion", ""),
        "problem": problem,
    }
    return asked(request, "desk/parts/batch_ask.html", context, bool(problem))


def asked(request: HttpRequest, part: str, context: dict[str, Any], refused: bool) -> HttpResponse:
    """The question as the dialog of the worklist, or, where no script asks for it, as a page of its own."""
    alone = request.headers.get("HX-Request") == "true"
    template = part if alone else "desk/batch_ask.html"
    return render(request, template, {**context, "part": part}, status=422 if refused else 200)


def tallied(cases: Iterable[Case]) -> list[tuple[str, int]]:
    """How many cases of which item, the most first."""
    return Counter(case.item.title for case in cases).most_common()


def disposing(request: HttpRequest, account: Account, verb: BatchVerb, cases: Sequence[Case]) -> HttpResponseBase:
    """Answer one advice of many cases with one reason; each case keeps its own answer."""
    cases = cases[: batching.AT_ONCE]
    code, choice = request.POST.get("code", ""), request.POST.get("choice", "")
    reason = request.POST.get("opinion", "").strip()
    shared = batching.shared_advice(cases, timezone.localdate())
    ready = next((each for each in shared if each.code == code), None)
    if request.POST.get("confirmed") == "yes" and ready and reason and choice in {"accept", "reject"}:
        made = batching.dispose(account, ready, accepted=choice == "accept", reason=reason)
        return redirect("desk:batch_result", made.pk)
    refused = request.POST.get("confirmed") == "yes"
    context = {
        "verb": verb,
        "cases": cases,
        "shared": shared,
        "code": code,
        "opinion": request.POST.get("opinion", ""),
        "problem": "请选择一条提示，写明理由" if refused else "",
        "most": batching.AT_ONCE,
    }
    return asked(request, "desk/parts/batch_dispose.html", context, refused)


def _cases(request: HttpRequest, account: Account, verb: BatchVerb) -> Sequence[Case]:
    if request.POST.get("whole") == "yes":
        asked_for = QueryDict(request.POST.get("query", ""))
        fitting = chosen_cases(account, asked_for, timezone.localdate())
        kept = fitting.filter(state__in=verb.states) if verb.states else fitting.exclude(advice=0)
        return list(kept[:MOST])
    numbers = [row for row in request.POST.getlist("rows")[:MOST] if row.isdigit()]
    return list(Case.objects.visible_to(account).filter(pk__in=numbers).order_by("due_on", "id"))


@require_safe
@office_only
def batch_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of every case; the page may be opened again at any time."""
    account = signed_in(request)
    made = Batch.objects.visible_to(account).filter(pk=pk).first()
    if made is None:
        raise Http404("没有这次批量办理")
    rows = list(made.rows.select_related("case"))
    set_about(request, {row.case.item.system for row in rows})
    done = [row for row in rows if row.done is not None and not row.problem]
    context = {
        "verb": VERBS[made.verb],
        "rows": [*(row for row in rows if row not in done), *done],
        "done": len(done),
        "made": made,
    }
    return render(request, "desk/batch.html", context)
