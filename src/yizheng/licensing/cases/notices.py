"""Telling people about a case through the in-app inbox: one sentence and a link, never an identity number."""

from collections.abc import Iterator, Sequence
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


def to_applicants(told: Told) -> None:
    """Tell the applicants, in two statements; where an institution applied, its operator and, once submitted, the person too.

    What an institution is told of a whole list is one message. An act of the authority on somebody without an account is
    served on paper.
    """
    subjects = {case.subject_id for case, _ in told}
    found = Account.objects.filter(subject_id__in=subjects, is_active=True).order_by("-pk")
    concerned = dict(found.values_list("subject_id", "pk"))
    _, lists = _by_list(told)
    listed = {case.pk for same in lists for case, _ in same}
    notes = [
        Notice(
            account_id=account, title=sentence, body=f"办件 {case.number}", link=reverse("my:case", args=[case.number])
        )
        for case, sentence in told
        for account in _applicants(case, concerned.get(case.subject_id))
        if case.pk not in listed or account != case.applicant_id
    ]
    for same in lists:
        first, sentence = same[0]
        link = reverse("my:dossier", args=[first.dossier_id])
        title = f"{sentence}（{len(same)} 件）"
        notes.append(Notice(account_id=first.applicant_id, title=title, body=_numbers(same), link=link))
    inbox.send_many("case", notes)


def _by_list(told: Told) -> tuple[list[tuple[Case, str]], list[list[tuple[Case, str]]]]:
    """Cases told of alone, and those of one list that are told the same, apart from whose they are."""
    same: dict[tuple[int | None, int | None, str], list[tuple[Case, str]]] = {}
    for case, sentence in told:
        about = sentence.replace(case.applicant_name, "") if case.dossier_id else f"{case.pk}"
        same.setdefault((case.dossier_id, case.applicant_id, about), []).append((case, sentence))
    alone = [each for group in same.values() if len(group) == 1 for each in group]
    return alone, [group for group in same.values() if len(group) > 1]


def _numbers(same: Told) -> str:
    numbers = "、".join(case.number for case, _ in same[:MOST_NUMBERS])
    return f"办件 {numbers}{' 等' if len(same) > MOST_NUMBERS else ''}"


MOST_NUMBERS = 10


def _applicants(case: Case, concerned: int | None) -> Iterator[int]:
    if case.applicant_id is not None:
        yield case.applicant_id
    if concerned is not None and concerned != case.applicant_id and case.submitted_at is not None:
        yield concerned


def to_institution(case: Case, sentence: str) -> None:
    """Tell the operators of the institution concerned."""
    if case.institution_scope is not None:
        _send(case, sentence, role=Role.INSTITUTION_OPERATOR, scope=case.institution_scope)


def to_desks(told: Told) -> None:
    """Tell whoever holds the cases at the authority now, in one statement; of the cases of one list once."""
    alone, lists = _by_list(told)
    notes = [_to_the_holder(case, sentence) for case, sentence in alone]
    for same in lists:
        case, sentence = same[0]
        title = sentence.replace(case.applicant_name, f"{case.applicant_name}等 {len(same)} 人")
        note = _to_the_holder(case, title)
        note.body, note.link = _numbers(same), f"{reverse('desk:worklist')}?view=all&dossier={case.dossier_id}"
        notes.append(note)
    inbox.send_many("case", notes)


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
