"""Telling people about a case through the in-app inbox: one sentence and a link, never an identity number."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.urls import reverse

from yizheng.licensing.lifecycle import HOLDERS, Actor
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.permits import STAFF_ROLES
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.work import inbox
from yizheng.work.models import Notice

Told = Sequence[tuple[Case, str]]
"""Cases and the sentence said about each."""


def to_applicants(told: Told, to_person: str = "") -> None:
    """Tell the applicants, in two statements; where an institution applied, its operator and, once submitted, the person too.

    What an institution is told of a whole list is one message, however many portions it is done in (`collected`). An act of the
    authority on somebody without an account is served on paper. ``to_person`` is added for the person herself, where an
    institution acted for her.
    """
    subjects = {case.subject_id for case, _ in told}
    found = Account.objects.filter(subject_id__in=subjects, is_active=True).order_by("-pk")
    concerned = dict(found.values_list("subject_id", "pk"))
    listed = _held_back("applicant", told)
    notes = [
        Notice(
            account_id=account,
            title=sentence if not to_person or account == case.applicant_id else f"{sentence}；{to_person}",
            body=f"办件 {case.number}",
            link=reverse("my:case", args=[case.number]),
        )
        for case, sentence in told
        for account in _applicants(case, concerned.get(case.subject_id))
        if case.pk not in listed or account != case.applicant_id
    ]
    inbox.send_many("case", notes)


_Lists = dict[tuple[str, int | None, int | None, int | None, str], list[tuple[Case, str]]]
"""What is told of cases of one list, by to whom, list, applicant, authority and what happened."""
_collecting: ContextVar[_Lists | None] = ContextVar("yizheng_licensing_lists", default=None)
_PARTICULARS = re.compile("[，（].*", re.DOTALL)
"""What of a sentence belongs to one case: a term, a number, how many items."""
MOST_NUMBERS = 10


@contextmanager
def collected() -> Iterator[None]:
    """Around work on cases in portions: what is told of a list in each of them is sent as one message when all are done."""
    if _collecting.get() is not None:
        return (yield)
    lists: _Lists = {}
    token = _collecting.set(lists)
    try:
        yield
    finally:
        _collecting.reset(token)
        _send_lists(lists)


@contextmanager
def withdrawn_on_failure() -> Iterator[None]:
    """Around one transaction within `collected`: what did not happen is not told."""
    lists = _collecting.get()
    if lists is None:
        return (yield)
    own: _Lists = {}
    token = _collecting.set(own)
    try:
        yield
    finally:
        _collecting.reset(token)
    for key, told in own.items():
        lists.setdefault(key, []).extend(told)


def _held_back(to: str, told: Told) -> set[int]:
    """Put what is told of lists aside; the cases of which that was done. Outside `collected` it is sent at once."""
    collecting = _collecting.get()
    lists: _Lists = {} if collecting is None else collecting
    listed = [(case, sentence) for case, sentence in told if case.dossier_id is not None]
    for case, sentence in listed:
        about = _PARTICULARS.sub("", sentence.replace(case.applicant_name, ""))
        key = (to, case.dossier_id, case.applicant_id, case.authority_scope, about)
        lists.setdefault(key, []).append((case, sentence))
    if collecting is None:
        _send_lists(lists)
    return {case.pk for case, _ in listed}


def _send_lists(lists: _Lists) -> None:
    notes = []
    for (to, dossier, _, _, _), same in lists.items():
        case, sentence = same[0]
        several = _PARTICULARS.sub("", sentence) if len({each for _, each in same}) > 1 else sentence
        if to == "applicant":
            title = f"{several}（{len(same)} 件）" if len(same) > 1 else f"{case.applicant_name}：{sentence}"
            note = Notice(account_id=case.applicant_id, title=title, link=reverse("my:dossier", args=[dossier]))
        else:
            others = f"{case.applicant_name}等 {len(same)} 人" if len(same) > 1 else case.applicant_name
            note = _to_the_holder(case, sentence.replace(case.applicant_name, others))
            note.link = f"{reverse('desk:worklist')}?view=all&dossier={dossier}"
        note.body = _numbers(same)
        notes.append(note)
    inbox.send_many("case", notes)


def _numbers(same: Told) -> str:
    numbers = "、".join(case.number for case, _ in same[:MOST_NUMBERS])
    return f"办件 {numbers}{' 等' if len(same) > MOST_NUMBERS else ''}"


def _applicants(case: Case, concerned: int | None) -> Iterator[int]:
    if case.applicant_id is not None:
        yield case.applicant_id
    if concerned is not None and concerned != case.applicant_id and case.submitted_at is not None:
        yield concerned


def to_institution(case: Case, sentence: str) -> None:
    """Tell the operators of the institution concerned; who applied herself is told as the applicant."""
    if case.institution_scope is not None and case.institution_scope != case.applicant_scope:
        _send(case, sentence, role=Role.INSTITUTION_OPERATOR, scope=case.institution_scope)


def to_desks(told: Told) -> None:
    """Tell whoever holds the cases at the authority now, in one statement; of the cases of one list once."""
    listed = _held_back("desk", told)
    inbox.send_many("case", [_to_the_holder(case, sentence) for case, sentence in told if case.pk not in listed])


def _to_the_holder(case: Case, sentence: str) -> Notice:
    holder = HOLDERS.get(CaseState(case.state), Actor.ACCEPTOR)
    role = STAFF_ROLES.get(holder, Role.ACCEPTOR)
    link = reverse("desk:case", args=[case.number])
    return Notice(role=role, scope_id=case.authority_scope, title=sentence, body=f"办件 {case.number}", link=link)


def to_handler(case: Case, handler: Account, sentence: str) -> None:
    """Tell one clerk that the case is now hers."""
    _send(case, sentence, to=handler)


def _send(case: Case, sentence: str, **to: Any) -> None:
    link = reverse("desk:case", args=[case.number])
    inbox.send(title=sentence, body=f"办件 {case.number}", link=link, kind="case", **to)
