"""Telling people about a case through the in-app inbox: one sentence and a link, never an identity number."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from yizheng.licensing.lifecycle import HOLDERS, Actor
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.permits import STAFF_ROLES
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.work import inbox


def to_applicant(case: Case, sentence: str) -> None:
    """Tell the applicant; where an institution applied, its operator and, once submitted, the person concerned too.

    An act of the authority on somebody without an account is served on paper.
    """
    for account in _applicants(case):
        inbox.send(
            to=account,
            title=sentence,
            body=f"办件 {case.number}",
            link=reverse("my:case", args=[case.number]),
            kind="case",
        )


def _applicants(case: Case) -> Iterator[Account]:
    if case.applicant is not None:
        yield case.applicant
    concerned = Account.objects.filter(subject_id=case.subject_id, is_active=True).first()
    if concerned is not None and concerned != case.applicant and case.submitted_at is not None:
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


def to_desk(case: Case, sentence: str) -> None:
    """Tell whoever holds the case at the authority now."""
    holder = HOLDERS.get(CaseState(case.state), Actor.ACCEPTOR)
    role = STAFF_ROLES.get(holder, Role.ACCEPTOR)
    inbox.send(
        role=role,
        scope=case.authority_scope,
        title=sentence,
        body=f"办件 {case.number}",
        link=reverse("desk:case", args=[case.number]),
        kind="case",
    )


def to_handler(case: Case, handler: Account, sentence: str) -> None:
    """Tell one clerk that the case is now hers."""
    inbox.send(
        to=handler,
        title=sentence,
        body=f"办件 {case.number}",
        link=reverse("desk:case", args=[case.number]),
        kind="case",
    )
