"""Institutions that doctors left by a change, mainly or as a filing: each is asked whether somebody is left for its subjects."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.registry.writer.versions import versions_of
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.institutions.staffing import somebody_left

Place = tuple[int, int]
"""A doctor and an institution."""


def tell_institutions_left(changes: Collection[int]) -> None:
    """Ask of every institution that a doctor practised at before these changes and not afterwards; two queries where nobody left.

    Call it as the system, within the changes, when they are written.
    """
    today = timezone.localdate()
    gone: dict[Place, tuple[int, set[str]]] = {}
    kinds: tuple[type[Any], ...] = (Registration, InstitutionFiling)
    for kind in kinds:
        ended = list(versions_of(kind).filter(closed__in=changes, institution_id__isnull=False))
        if ended:
            kept = _standing(kind, {each.subject_id for each in ended}, today)
            for each in ended:
                _leave(gone, each, kept)
    if gone:
        known = Registration.objects.current().filter(subject_id__in={subject for subject, _ in gone})
        for each in [*known, *versions_of(Registration).filter(closed__in=changes)]:
            for (subject, _), (_, scopes) in gone.items():
                if subject == each.subject_id:
                    scopes.update(each.scopes)
    for (_, institution), (cause, scopes) in sorted(gone.items()):
        somebody_left(institution, scopes, today, cause)


def _standing(kind: Any, subjects: Collection[int], on: date) -> set[tuple[int, int, tuple[str, ...]]]:
    """Who practises where under what now."""
    rows = kind.objects.as_of(on).filter(subject_id__in=subjects)
    return {_key(each) for each in rows if getattr(each, "status", "REG") == "REG"}


def _key(version: Any) -> tuple[int, int, tuple[str, ...]]:
    return version.subject_id, version.institution_id, tuple(getattr(version, "scopes", ()))


def _leave(gone: dict[Place, tuple[int, set[str]]], ended: Any, kept: Collection[Any]) -> None:
    if getattr(ended, "status", "REG") == "REG" and _key(ended) not in kept:
        gone.setdefault((ended.subject_id, ended.institution_id), (ended.closed, set()))
