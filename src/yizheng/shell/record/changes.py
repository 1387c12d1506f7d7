"""The changes of a record as a list, and one of them before and after."""

from collections.abc import Iterable
from typing import Any

from yizheng.documents.models import Instrument
from yizheng.people.models import Account
from yizheng.registry.record import Step
from yizheng.registry.wording.words import Words
from yizheng.shell.desk.access import AUTHORITY
from yizheng.shell.record.beside import cases_behind
from yizheng.shell.record.pages import RecordPage, change_links


def listed(account: Account, steps: Iterable[Step], words: Words, *, address: str = "") -> list[dict[str, Any]]:
    """A row a change: when, what kind, what it did and why, its position, who; in two queries."""
    kept = list(steps)
    actors = Account.objects.in_bulk({step.change.actor_id for step in kept if step.change.actor_id})
    cases = cases_behind(account, (step.change.cause for step in kept))
    return [
        {
            "change": step.change,
            "url": f"{address}change={step.change.pk}#change" if address else "",
            "on": words.takes_effect(step),
            "what": words.headline(step),
            "who": actors[step.change.actor_id].display_name if step.change.actor_id in actors else "系统",
            "case": cases.get(step.change.cause),
        }
        for step in kept
    ]


def chosen_step(steps: tuple[Step, ...], wanted: str) -> Step | None:
    """The change the address names, else the newest."""
    named = (step for step in steps if str(step.change.pk) == wanted)
    return next(named, steps[0] if steps else None)


def chosen(
    account: Account, page: RecordPage, subject_id: int, step: Step | None, words: Words
) -> dict[str, Any] | None:
    """One change in full, with the buttons an authority finds under it."""
    if step is None:
        return None
    links = change_links() if account.kind in AUTHORITY else []
    return {
        "change": step.change,
        "title": words.headline(step),
        "on": words.takes_effect(step),
        "lines": compared(step, words),
        "instruments": Instrument.objects.visible_to(account).filter(change_id=step.change.pk).order_by("pk"),
        "links": [
            {"label": each.label, "icon": each.icon, "url": each.address(page, subject_id, step.change.pk)}
            for each in links
        ],
    }


def compared(step: Step, words: Words, *, most: int = 12) -> list[dict[str, Any]]:
    """Each line the change touched, before and after."""
    made = []
    for each in step.lines[:most]:
        fact = each.new or each.old
        if fact is None:
            continue
        found = words.difference(each)
        made.append({"title": words.line(fact), "rows": found.rows, "same": found.same})
    return made
