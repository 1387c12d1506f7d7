"""Telling people about a case through the in-app inbox: one sentence and a link, never an identity number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from yizheng.licensing.lifecycle import HOLDERS, Actor
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.permits import STAFF_ROLES
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.work import inbox
from yizheng.work.inbox import Note

Told = Sequence[tuple[Case, str]]
"""Cases and the sentence said about each."""


def to_applicants(told: Told) -> None:
    """Tell the applicant; where an institution applied, its operator and, once submitted, the person concerned too.

    An act of the authority on somebody without an account is served on paper. Two statements, however many cases.
    """
    subjects = {case.subject_id for case, _ in told}
    found = Account.objects.filter(subject_id__in=subjects, is_active=True).order_by("-pk")
    concerned = dict(found.values_list("subject_id", "pk"))
    inbox.send_many(
        "case",
        [
            Note(account, sentence, f"办件 {case.number}", reverse("my:case", args=[case.number]))
            for case, sentence in told
            for account in _applicants(case, concerned.get(case.subject_id))
        ],
    )


def _applicants(case: Case, concerned: int | None) -> Iterator[int]:
    if case.applicant_id is not None:
        yield case.applicant_id
    if concerned is not None and concerned != case.applicant_id and case.submitted_at is not None:
        yield concerned


def to_institution(case: Case, sentence: str) -> None:
    """Tell the operators of the institution concerned."""
    if case.institution_scope is not None:
        inbox.send(
            role=Role.INSTITUTION_OPERATOR,
            scope=case.institution_scope,
            title=sentence,
            body=f"办件 {case.number}",
            link=reverse("desk:case", args=[case.number]),
            kind="case",
        )


def to_desks(told: Told) -> None:
    """Tell the clerks who hold each case at the authority now, in one statement."""
    inbox.send_many("case", [_to_the_holder(case, sentence) for case, sentence in told])


def _to_the_holder(case: Case, sentence: str) -> Note:
    holder = HOLDERS.get(CaseState(case.state), Actor.ACCEPTOR)
    role = STAFF_ROLES.get(holder, Role.ACCEPTOR)
    link = reverse("desk:case", args=[case.number])
    return Note(None, sentence, f"办件 {case.number}", link, role=role, scope=case.authority_scope)


def to_handler(case: Case, handler: Account, sentence: str) -> None:
    """Tell one clerk that the case is now hers."""
    inbox.send(
        to=handler,
        title=sentence,
        body=f"办件 {case.number}",
        link=reverse("desk:case", args=[case.number]),
        kind="case",
    )
