"""我的登记: what the registers hold of a person, since when and on which decision, her certificates, and who looked at her numbers.

个人信息保护法 第四十四条、第四十五条: everybody may know and consult what is kept of her.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents.models import Instrument
from yizheng.licensing.catalogue import items
from yizheng.licensing.deadlines.computing import due_for
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, UnmaskingRecord
from yizheng.people.scope import acting_as_system
from yizheng.people.visible_facts import record_for
from yizheng.registry.models import Fact
from yizheng.registry.reading import kinds_of
from yizheng.registry.record import Record
from yizheng.registry.registers import Register, registers
from yizheng.registry.wording.words import Words, period
from yizheng.shell.deadlines import described
from yizheng.shell.desk.access import individual_only, signed_in
from yizheng.shell.mine.port import objections_open_to, own_links, standing_beside
from yizheng.shell.record.beside import cases_behind, certificates
from yizheng.shell.record.entries import heads, naming
from yizheng.shell.record.names import names_for
from yizheng.shell.record.pages import head_kind

MOST_LOOKS = 50
MOST_COMING = 20
SHARED = "各登记簿共用的内容"
_NUMBERS = (IdentifierKind.RESIDENT_ID, IdentifierKind.QUALIFICATION_NUMBER, IdentifierKind.MOBILE)


@require_safe
@individual_only
def mine(request: HttpRequest) -> HttpResponse:
    """Everything the registers hold of the person who asks."""
    account = signed_in(request)
    today = timezone.localdate()
    of_people = [each for each in registers() if each.of_people]
    asked = dict.fromkeys(kind for each in of_people for kind in kinds_of(each))
    record = record_for(account, account.subject_id or 0, tuple(asked))
    now = record.on(today)
    held = (*now, *record.coming(today))
    told = _Told(account, record, held)
    context = {
        "person": _person(naming(now), record.subject_id, told.words),
        "parts": _parts(of_people, now, held, told, today),
        "certificates": certificates(account, record.subject_id),
        "looks": _looks(record.subject_id),
        "coming": _coming(record.subject_id, today),
        "own_links": own_links(record.subject_id, today),
        "objections": [each for each, _ in objections_open_to(record.subject_id, today).values()],
    }
    return render(request, "shell/mine.html", context)


@require_POST
@individual_only
def objection(request: HttpRequest) -> HttpResponseBase:
    """Say that something on record is wrong, and why; the authority is asked."""
    account = signed_in(request)
    found = objections_open_to(account.subject_id or 0, timezone.localdate()).get(request.POST.get("to", ""))
    if found is None:
        raise Http404("没有可以提出异议的登记")
    declared, about = found
    words = request.POST.get("words", "").strip()
    if not words:
        messages.error(request, "请写明异议的理由。")
    else:
        declared.put(about, account, words)
        messages.success(request, declared.sent)
    return redirect("my:records")


def _coming(subject_id: int, today: date) -> list[dict[str, Any]]:
    """What expires or falls due next, the nearest first."""
    with acting_as_system("我的登记：接下来到期"):
        mine = due_for(subject_id, today)
    return described(mine[:MOST_COMING], today)


def _person(who: Fact | None, subject_id: int, words: Words) -> list[tuple[str, str]]:
    """Who she is; numbers covered, for a screen is seen by others too."""
    own = who.naming.own if who and who.naming else ()
    rows = [(label, words.tell(said, who)) for label, said in own if who]
    rows += [(kind.label, vault.masked(subject_id, kind)) for kind in _NUMBERS]
    return [(label, text) for label, text in rows if text]


def _parts(
    of_people: list[Register], now: Sequence[Fact], held: Sequence[Fact], told: _Told, today: date
) -> list[dict[str, Any]]:
    """A part for each register she stands in; what belongs to no single one stands with it, or apart where there are more."""
    shown = sorted(
        (each for each in held if not type(each).naming), key=lambda each: (each.weight, each.fact_table(), each.line)
    )
    owners = {id(fact): [each for each in of_people if fact.told_in(each)] for fact in shown}
    shared = [fact for fact in shown if len(owners[id(fact)]) > 1]
    stands_in = [each for each in of_people if [each] in owners.values()]
    alone = len(stands_in) == 1
    parts = [
        {
            "title": "登记簿中的内容" if alone else f"{each.title}登记簿中的内容",
            **_standing(each, now, today),
            "rows": told.rows(
                fact for fact in shown if owners[id(fact)] == [each] or (alone and each in owners[id(fact)])
            ),
        }
        for each in stands_in
    ]
    if shared and not alone:
        parts.append({"title": SHARED, "rows": told.rows(shared)})
    return parts


def _standing(register: Register, now: Sequence[Fact], today: date) -> dict[str, Any]:
    """How she stands in a register, and the number she is registered under."""
    held = next(iter(heads(now, register)), None)
    kind = head_kind(register)
    principal = kind.head if kind else None
    if principal is None:
        return {}
    words = None if held else standing_beside(register, now, today)
    return {
        "words": words or principal.standing(held, timezone.localdate()),
        "number": getattr(held, principal.number) if principal.number and held else "",
        "number_label": principal.number_label,
    }


class _Told:
    """What versions say, since when, and the decision each rests on; changes, cases and papers read once for all."""

    def __init__(self, account: Account, record: Record, held: Sequence[Fact]) -> None:
        self.words = Words(names_for(record.versions))
        self._changes = {each.opened: record.changes[each.opened] for each in held}
        self._cases = cases_behind(account, (change.cause for change in self._changes.values()))
        papers = Instrument.objects.visible_to(account).filter(change_id__in=self._changes).order_by("pk")
        self._papers = {each.change_id: each for each in papers}

    def rows(self, held: Iterable[Fact]) -> list[dict[str, Any]]:
        """A row each."""
        return [self._row(each) for each in held]

    def _row(self, version: Fact) -> dict[str, Any]:
        change, paper = self._changes[version.opened], self._papers.get(version.opened)
        day = f"{timezone.localtime(change.settled):%Y-%m-%d}" if change.settled else ""
        return {
            "title": self.words.line(version),
            "says": self.words.says(version),
            "since": period(version),
            "how": f"{change.get_kind_display()}　{day}" if day else "",
            "case": self._cases.get(change.cause),
            "instrument": paper,
            "instrument_title": paper.title if paper else "",
        }


def _looks(subject_id: int) -> list[dict[str, Any]]:
    """Who saw a personal value in full, when and why."""
    found = UnmaskingRecord.objects.filter(subject_id=subject_id).select_related("account").order_by("-id")
    labels = _labels()
    return [
        {
            "at": each.at,
            "what": labels.get(each.kind, "个人信息"),
            "who": f"{each.account.display_name}（{each.account.get_kind_display()}）",
            "why": each.reason,
        }
        for each in found[:MOST_LOOKS]
    ]


def _labels() -> dict[str, str]:
    """What values are called: those of the vault, and the personal fields of every form."""
    labels = {kind.value: kind.label for kind in IdentifierKind}
    for item in items(timezone.localdate()):
        for step in item.steps:
            for name in step.personal & set(step.base_fields):
                labels.setdefault(name, str(step.base_fields[name].label))
    return labels
