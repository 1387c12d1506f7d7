"""Changing a registration that stands: its next versions, its end with its certificate; taking a filing back as never made.

行政许可法 第七十条: a certificate ends with its licence.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.registry import FOREVER
from yizheng.registry.failures import NothingInForce
from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress

R = TypeVar("R", bound=StateFact)


def amend(registration: R, change: ChangeInProgress, on: date, **altered: Any) -> R:
    """From ``on`` the line says this too; every coming version keeps its own days and what else it says.

    So a suspension that is laid over the line runs as long as it ran before. Returns the version of the day; raises
    NothingInForce where the line says nothing from then on.
    """
    versions = coming(registration, on)
    if not versions:
        raise NothingInForce(f"注册自{on}起没有有效的登记，不能变更。")
    return [say(each, change, on, FOREVER, **altered) for each in versions][0]


def coming(registration: R, first: date, until: date = FOREVER) -> list[R]:
    """What the line of the registration says in a period, version by version."""
    kind: Any = type(registration)
    line = kind.objects.current().filter(subject_id=registration.subject_id, line=registration.line)
    return list(line.filter(valid_to__gt=first, valid_from__lt=until).order_by("valid_from"))


def say(
    version: R,
    change: ChangeInProgress,
    first: date,
    until: date,
    *,
    line: str = "",
    authority_scope: int | None = None,
    **altered: Any,
) -> R:
    """What a version says, altered, for the part of its days that lies in the period; on its line or another one."""
    return change.state(
        type(version),
        version.subject_id,
        line or version.line,
        {**version.values(), **altered},
        valid_from=max(first, version.valid_from),
        valid_to=min(until, version.valid_to),
        authority_scope=version.authority_scope if authority_scope is None else authority_scope,
    )


def end_registration(registration: R, change: ChangeInProgress, on: date, *, status: str, reason: str = "") -> R:
    """The registration stands no longer: deregistered, revoked, annulled, gone to the forces or to another province."""
    values, scope = {**registration.values(), "status": status, "reason": reason}, registration.authority_scope
    return change.state(
        type(registration), registration.subject_id, registration.line, values, valid_from=on, authority_scope=scope
    )


def certificates_in_force(registrations: Iterable[Any]) -> list[Certificate]:
    """The certificates in force of these registrations, locked."""
    known = {(each.subject_id, getattr(each, each.head.number)) for each in registrations}
    found = (
        Certificate.objects.all()
        .select_for_update(no_key=True)
        .filter(subject_id__in=[subject for subject, _ in known], status=Status.VALID)
        .filter(number__in=[number for _, number in known])
    )
    return [each for each in found if (each.subject_id, each.number) in known]


def revoke_certificates(
    registrations: Iterable[Any], change: ChangeInProgress, on: date, *, ending: Ending = Ending.CANCELLED
) -> None:
    """End the certificates in force of these registrations."""
    for certificate in certificates_in_force(registrations):
        certificates.revoke(certificate, ending=ending, on=on, change_id=change.id)


def end_standing(kind: type[Any], subject_id: int, change: ChangeInProgress, on: date, **only: Any) -> int:
    """End the states of a kind that hold on the day or later, of those meant; returns how many lines ended."""
    standing = kind.objects.current().filter(subject_id=subject_id, valid_to__gt=on, **only)
    lines = sorted(set(standing.values_list("line", flat=True)))
    for line in lines:
        change.end(kind, subject_id, line, on=on)
    return len(lines)


def restore_closed(filing: StateFact, change: ChangeInProgress, kinds: Iterable[type[Fact]]) -> None:
    """Every state of the person that the change of the filing closed, for all the time it held."""
    for kind in kinds:
        if not issubclass(kind, StateFact):
            continue
        for closed in kind.objects.filter(subject_id=filing.subject_id, closed=filing.opened):
            change.state(
                kind,
                closed.subject_id,
                closed.line,
                closed.values(),
                valid_from=max(closed.valid_from, filing.valid_from),
                valid_to=closed.valid_to,
                authority_scope=closed.authority_scope,
            )
