"""Batches on the worklist: one verb for many cases, each by itself, each answered by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.people import recent
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.shell.desk.access import office_only, signed_in

MOST = 200


@dataclass(frozen=True, slots=True)
class BatchVerb:
    """A verb that may be done to many: who has it, its key, and whether identity is confirmed first."""

    verb: str
    title: str
    key: str
    role: Role
    grave: bool = False
    first: bool = True
    wide: bool = False


VERBS = (
    BatchVerb("confirm", "确认聘用", "a", Role.INSTITUTION_OPERATOR),
    BatchVerb("accept", "受理", "a", Role.ACCEPTOR),
    BatchVerb("pass_review", "通过审核", "a", Role.REVIEWER),
    BatchVerb("grant", "准予许可", "a", Role.DECIDER, grave=True),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one case of the batch."""

    case: Case
    problem: str

    @property
    def state_word(self) -> str:
        """Where the case stands now."""
        return CaseState(self.case.state).label


def verbs_of(account: Account) -> list[BatchVerb]:
    """The verbs this account may do to many, the first one with its key."""
    held = roles_of(account)
    mine = [verb for verb in VERBS if verb.role in held]
    return mine[:1] + [replace(verb, key="", first=False) for verb in mine[1:]]


@require_POST
@office_only
def batch(request: HttpRequest) -> HttpResponseBase:
    """Do the verb to every selected case; one that cannot be done says why and stops none of the others."""
    account = signed_in(request)
    chosen = {verb.verb: verb for verb in verbs_of(account)}.get(request.POST.get("verb", ""))
    rows = request.POST.getlist("rows")[:MOST]
    if chosen is None or not rows:
        return redirect("desk:worklist")
    if chosen.grave and not recent.recently_authenticated(request):
        recent.keep_posted(request)
        return redirect(f"{reverse('people:confirm')}?next={request.path}")
    numbers = [row for row in rows if row.isdigit()]
    cases = Case.objects.visible_to(account).filter(pk__in=numbers).order_by("due_on", "id")
    answers = [_answer(account, case, chosen) for case in cases]
    return render(request, "desk/batch.html", {"verb": chosen, "answers": answers, "done": _done(answers)})


def _answer(account: Account, case: Case, verb: BatchVerb) -> Answer:
    try:
        perform(case, verb.verb, account)
    except (NotPossibleError, permits.NotPermittedError, LostRaceError) as problem:
        case.refresh_from_db()
        return Answer(case, str(problem))
    return Answer(case, "")


def _done(answers: list[Answer]) -> int:
    return sum(not answer.problem for answer in answers)
