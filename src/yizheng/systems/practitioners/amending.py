"""Changing a registration that stands: its next version, what ends with it, and taking a filing back as never made.

A change leaves every coming version its own days and status, so a suspension that is laid over the line runs as long as it ran
before. 行政许可法 第七十条: a certificate ends with its licence.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.remembering import Memory
from yizheng.registry import FOREVER
from yizheng.registry.failures import NothingInForce
from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress

V = TypeVar("V", bound=StateFact)


LINES: Memory[tuple[int, type[Any], str], list[Any]] = Memory("yizheng_practitioners_lines", lambda key: key[0])
"""The versions of lines by subject, kind and line, for work on many people (`read_lines`)."""


def read_lines(versions: Sequence[StateFact]) -> None:
    """Read at once what `coming` is asked of each of these versions, which are of one kind; call it as the system."""
    found: dict[tuple[int, type[Any], str], list[Any]] = {_key(each): [] for each in versions}
    if not versions:
        return
    kind: type[Any] = type(versions[0])
    known = kind.objects.current().filter(subject_id__in=[each.subject_id for each in versions])
    for each in known.order_by("valid_from"):
        found.setdefault(_key(each), []).append(each)
    LINES.learn(found)


def _key(version: StateFact) -> tuple[int, type[Any], str]:
    return version.subject_id, type(version), version.line


def coming(version: V, first: date, until: date = FOREVER) -> list[V]:
    """What the line of the version says in a period, version by version."""
    kind: type[Any] = type(version)

    def read() -> list[V]:
        line = kind.objects.current().filter(subject_id=version.subject_id, line=version.line)
        return list(line.order_by("valid_from"))

    return [each for each in LINES.ask(_key(version), read) if each.valid_to > first and each.valid_from < until]


def say(
    version: V,
    change: ChangeInProgress,
    first: date,
    until: date,
    *,
    line: str = "",
    authority_scope: int | None = None,
    **altered: Any,
) -> V:
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


def amend(version: V, change: ChangeInProgress, on: date, *, authority_scope: int | None = None, **altered: Any) -> V:
    """From ``on`` the line says this too; returns the version of the day.

    Raises NothingInForce where the line says nothing from then on.
    """
    said = [say(each, change, on, FOREVER, authority_scope=authority_scope, **altered) for each in coming(version, on)]
    if not said:
        raise NothingInForce(f"注册自{on}起没有有效的登记，不能变更。")
    return said[0]


def end_registration(version: V, change: ChangeInProgress, on: date, *, status: str, reason: str = "") -> V:
    """The registration stands no longer: deregistered, revoked, annulled, gone to the forces or to another province."""
    return change.state(
        type(version),
        version.subject_id,
        version.line,
        {**version.values(), "status": status, "reason": reason},
        valid_from=on,
        authority_scope=version.authority_scope,
    )


def in_force(registrations: Iterable[Any]) -> list[Certificate]:
    """The certificates of these registrations that are in force, held against other writers; call it as the system."""
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
    for certificate in in_force(registrations):
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
            say(closed, change, filing.valid_from, FOREVER)
