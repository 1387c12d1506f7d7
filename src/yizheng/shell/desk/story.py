"""The story of a case and of the person before it, as the timeline shows them: newest first."""

from typing import Any

from django.utils import timezone

from yizheng.licensing.lifecycle import HOLDERS, Actor
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import transferring
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry import kinds
from yizheng.registry.models import Fact
from yizheng.registry.reading import spoken_of
from yizheng.registry.wording.words import Words
from yizheng.registry.writer.versions import versions_of
from yizheng.shell.record.names import names_for

AHEAD = {
    Actor.APPLICANT: "等待申请人",
    Actor.INSTITUTION: "等待机构确认",
    Actor.ACCEPTOR: "等待受理",
    Actor.REVIEWER: "等待审核",
    Actor.DECIDER: "等待决定",
}


AHEAD_IN = {
    CaseState.CHECKING: "等待核查",
    CaseState.CORRECTING: "等待交回补正",
    CaseState.GRANTED: "等待送达",
    CaseState.NOTICED: "等待陈述、申辩期满",
    CaseState.HEARING: "等待听证结束",
}
"""States in which something more particular than the holder's turn is waited for."""


TOLD = frozenset(
    {"ask_correction", "decline", "refuse", "send_back", "start_procedure", "start_hearing", "extend", "unfile", "give_notice", "drop",
     "roll_back", "undo_roll_back"}
)  # fmt: skip
"""Acts whose reason the law lets the applicant know; opinions of the desk among itself are not among them."""


def events(account: Account, case: Case) -> list[dict[str, Any]]:
    """What happened, newest first, headed by what is waited for; who of the authority handles it is not the applicant's matter."""
    own = account.subject_id is not None and account.subject_id == case.subject_id
    found = CaseEvent.objects.visible_to(account).filter(case=case).order_by("-id")
    if own:
        found = found.exclude(verb=transferring.VERB)
    rows = [_row(event, _as_told(account, event) if own else _as_written(event)) for event in found]
    holder = HOLDERS.get(CaseState(case.state))
    if holder is not None:
        when = f"{case.due_on:%m-%d} 前" if case.due_on else ""
        what = AHEAD_IN.get(CaseState(case.state), AHEAD[holder])
        rows.insert(0, {"when": when, "what": what, "who": "", "kind": "future"})
    if len(rows) > 1 and holder is not None:
        rows[1]["kind"] = "now"
    return rows


def _as_written(event: CaseEvent) -> str:
    return f"{event.actor_name}：{event.reason}" if event.reason else event.actor_name


def _as_told(account: Account, event: CaseEvent) -> str:
    if event.actor_id == account.pk:
        return _as_written(event)
    return event.reason if event.verb in TOLD else ""


def _row(event: CaseEvent, about: str) -> dict[str, Any]:
    return {
        "when": f"{timezone.localtime(event.at):%m-%d %H:%M}",
        "what": event.title,
        "who": about,
        "kind": "",
        "under": bool(event.reason) or len(about) > 6,
    }


def history(case: Case) -> list[dict[str, Any]]:
    """What the register knows of whom or what the case is about, whoever entered it, as each kind that has a past says it."""
    today, versions = timezone.localdate(), list[Fact]()
    with acting_as_system(f"办件中的{case.item.whom}历史"):
        for kind in spoken_of([case.subject_id], (kind for kind in kinds() if kind.told.past)):
            found = versions_of(kind).current().filter(subject_id=case.subject_id)
            versions.extend(found.order_by("valid_from", "line"))
    if not versions:
        return []
    words = Words(names_for(versions))
    lines = [
        (each.valid_from, words.tell(each.told.past, each, former if type(former) is type(each) else None))
        for each, former in zip(versions, [None, *versions], strict=False)
    ]
    return [
        {"when": f"{day:%Y-%m-%d}", "what": sentence, "who": "", "kind": "future" if day > today else ""}
        for day, sentence in sorted(lines, key=lambda line: line[0], reverse=True)
        if sentence
    ]
