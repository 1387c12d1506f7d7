"""Somebody goes to another institution, another authority keeps her registration: who is told, and who sees no more than the past."""

from collections.abc import Iterable
from typing import Any

from yizheng.people.kinds import Role
from yizheng.people.scopes import close_to, organisation_of
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.work import inbox


def leave(former: Any, filings: Iterable[Any], licence: InstitutionLicence, office: int, sentence: str) -> None:
    """The former institution and authority are told; who has no filing of hers, now or to come, sees what was and no more.

    ``filings`` are those that go on, ``licence`` and ``office`` the institution and the authority she came to.
    """
    going_on = list(filings)
    subject, institution = former.subject_id, former.institution_id
    house = None if institution is None else organisation_of(institution)
    if house is not None and institution != licence.subject_id:
        inbox.send(title=sentence, kind="register", role=Role.INSTITUTION_OPERATOR, scope=house.pk)
        if institution not in {each.institution_id for each in going_on}:
            close_to(subject, house.pk)
    if former.authority_scope != office:
        inbox.send(title=sentence, kind="register", role=Role.REVIEWER, scope=former.authority_scope)
        if former.authority_scope not in {each.authority_scope for each in going_on}:
            close_to(subject, former.authority_scope)
