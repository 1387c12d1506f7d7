"""The verbs on a licence: register one, end one. What follows from an end is for others to declare (see Consequence).

医疗机构管理条例 第十六条、第十七条 (登记), 第十九条、第二十条 (变更、注销).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.documents.models import Ending
from yizheng.licensing.ports.consequences import carry_change, follow
from yizheng.people.models import Scope
from yizheng.people.scopes import add_organisation
from yizheng.people.searching.search import index_name
from yizheng.registry import ChangeInProgress, Subject, SubjectKind
from yizheng.systems.institutions.models import (
    LINE,
    STRUCK_OFF,
    FiledTechnology,
    FilingCheck,
    FurtherName,
    InstitutionLicence,
    InternetService,
    Suspension,
    VerificationPeriod,
)
from yizheng.systems.institutions.record.printing import revoke

REVOKED = "revoked"
ENDING_WITH_IT: tuple[type[Any], ...] = (
    FurtherName, InternetService, FiledTechnology, FilingCheck, VerificationPeriod, Suspension,
)  # fmt: skip
"""Second names, the service over the internet, restricted technologies, the visit after a filing, verification, suspension."""


class NoLicenceError(LookupError):
    """The institution has no licence on the day; the message says so in Chinese."""


def register_institution(
    change: ChangeInProgress, values: Mapping[str, Any], *, authority: Scope, valid_from: date
) -> Subject:
    """A new institution with its licence and its scope under the authority that registers it."""
    subject = change.subject(SubjectKind.INSTITUTION)
    change.state(InstitutionLicence, subject, LINE, values, valid_from=valid_from, authority_scope=authority.pk)
    add_organisation(f"institution:{subject.pk}", values["name"], authority, subject.pk)
    index_name(subject.pk, values["name"], [authority.pk], person=False)
    return subject


def end_licence(change: ChangeInProgress, subject_id: int, *, on: date, status: str) -> int:
    """The licence ends on ``on`` with this status (注销, 吊销), original and duplicate with it; returns how many proposals follow.

    Raises :class:`NoLicenceError` when nothing is in force on that day.
    """
    standing = InstitutionLicence.objects.current().on(on).filter(subject_id=subject_id, line=LINE).first()
    if standing is None or standing.status in STRUCK_OFF:
        raise NoLicenceError("该机构在这一天没有有效的执业许可，不能注销或者吊销")
    values = standing.values() | {"status": status}
    scope = standing.authority_scope
    ended = change.state(InstitutionLicence, subject_id, LINE, values, valid_from=on, authority_scope=scope)
    for kind in ENDING_WITH_IT:
        for each in kind.objects.current().on(on).filter(subject_id=subject_id):
            change.end(kind, subject_id, each.line, on=on)
    revoke(change, subject_id, on, Ending.PENALTY if status == REVOKED else Ending.CANCELLED)
    carry_change(standing, ended, change, on)
    return follow(standing, cause=change.id, on=on)
