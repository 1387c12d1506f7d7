"""我的登记: what the register holds of a person, since when and on which decision, her certificates, and who looked at her numbers.

个人信息保护法 第四十四条、第四十五条: everybody may know and consult what is kept of her.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents.instruments import title as instrument_title
from yizheng.documents.models import Instrument
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case, Deadline
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, UnmaskingRecord
from yizheng.people.visible_facts import record_for
from yizheng.registry.differences import period
from yizheng.registry.models import Fact
from yizheng.registry.reading import kinds_of
from yizheng.registry.record import Record
from yizheng.registry.words import Words
from yizheng.shell.deadlines.page import described
from yizheng.shell.desk.access import individual_only, signed_in
from yizheng.shell.record.beside import certificates
from yizheng.shell.record.entries import heads, naming
from yizheng.shell.record.names import names_for
from yizheng.systems.doctors.filings.objecting import object_to, objectionable
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.permit import standing_by
from yizheng.systems.doctors.models.registration import standing
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import PersonIdentity

MOST_LOOKS = 50
MOST_COMING = 20
_NUMBERS = (IdentifierKind.RESIDENT_ID, IdentifierKind.QUALIFICATION_NUMBER, IdentifierKind.MOBILE)


@require_safe
@individual_only
def mine(request: HttpRequest) -> HttpResponse:
    """Everything the register of doctors holds of the person who asks."""
    account = signed_in(request)
    today = timezone.localdate()
    record = record_for(account, account.subject_id or 0, kinds_of(DOCTORS)).within(DOCTORS)
    words = Words(names_for(record.versions))
    now = record.on(today)
    held = next((each for each in heads(now, DOCTORS) if isinstance(each, Registration)), None)
    context = {
        "person": _person(naming(now), record.subject_id),
        "words": (None if held else standing_by(now, today)) or standing(held),
        "held": held,
        "rows": _rows(account, record, (*now, *record.coming(today)), words),
        "certificates": certificates(account, record.subject_id),
        "looks": _looks(record.subject_id),
        "coming": _coming(account, record.subject_id, today),
        "may_object": objectionable(record.subject_id, today) is not None,
    }
    return render(request, "doctors/mine.html", context)


@require_POST
@individual_only
def objection(request: HttpRequest) -> HttpResponseBase:
    """Say that the leave filing is wrong, and why; the authority is asked."""
    account = signed_in(request)
    filing = objectionable(account.subject_id or 0, timezone.localdate())
    if filing is None:
        raise Http404("没有可以提出异议的离岗备案")
    words = request.POST.get("words", "").strip()
    if not words:
        messages.error(request, "请写明异议的理由。")
    else:
        object_to(filing, account, words)
        messages.success(request, "异议已送登记机关")
    return redirect("doctors:my_records")


def _coming(account: Account, subject_id: int, today: date) -> list[dict[str, Any]]:
    """What expires or falls due next, the nearest first."""
    mine = Deadline.objects.visible_to(account).pending().filter(subject_id=subject_id, fires_on__gte=today)
    return described(mine.order_by("fires_on", "pk")[:MOST_COMING], today)


def _person(who: Fact | None, subject_id: int) -> list[tuple[str, str]]:
    """Who she is; numbers covered, for a screen is seen by others too."""
    rows = (
        [("姓名", who.name), ("性别", who.sex_word), ("出生日期", str(who.birth_date))]
        if isinstance(who, PersonIdentity)
        else []
    )
    numbers = ((kind.label, vault.masked(subject_id, kind)) for kind in _NUMBERS)
    return [*rows, *((label, text) for label, text in numbers if text)]


def _rows(account: Account, record: Record, held: tuple[Fact, ...], words: Words) -> list[dict[str, Any]]:
    """What holds today or is to begin: what it says, since when, and the decision it rests on."""
    shown = sorted(
        (each for each in held if not isinstance(each, PersonIdentity)),
        key=lambda each: (each.weight, each.fact_table(), each.line),
    )
    changes = {each.opened: record.changes[each.opened] for each in shown}
    cases = _cases(account, (change.cause for change in changes.values()))
    papers = {
        each.change_id: each
        for each in Instrument.objects.visible_to(account).filter(change_id__in=changes).order_by("pk")
    }
    return [
        {
            "title": words.line(each),
            "says": words.says(each),
            "since": period(each),
            "how": f"{changes[each.opened].get_kind_display()}　{timezone.localtime(settled):%Y-%m-%d}"
            if (settled := changes[each.opened].settled)
            else "",
            "case": cases.get(changes[each.opened].cause),
            "instrument": papers.get(each.opened),
            "instrument_title": instrument_title(papers[each.opened]) if each.opened in papers else "",
        }
        for each in shown
    ]


def _cases(account: Account, causes: Any) -> Mapping[str, Case]:
    wanted = {cause.removeprefix("case:") for cause in causes if cause.startswith("case:")}
    found = Case.objects.visible_to(account).filter(
        pk__in=[int(number) for number in wanted if number.isdecimal()]
    )
    return {f"case:{case.pk}": case for case in found}


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
