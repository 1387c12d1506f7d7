"""What the public may know of doctors (医师法 第二十一条): registrations as they stand and stood, never a personal number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from django.utils import timezone

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import Source, register_source
from yizheng.disclosure.records import Milestone, Period, PracticePlace, PracticeScope, PractitionerRecord
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.kernel.codes import name_of
from yizheng.systems.doctors import public_permits
from yizheng.systems.doctors.certificates import sex_word
from yizheng.systems.doctors.models import InstitutionFiling, PersonIdentity, Registration
from yizheng.systems.doctors.places import place_name
from yizheng.systems.doctors.reading import registrations_of
from yizheng.systems.doctors.surroundings import Surroundings, surroundings

PUBLIC = frozenset(Standing)
"""Statuses that have a public standing; transfers to the forces and to other provinces have none."""


def subjects() -> Iterator[int]:
    """Everybody who has or had a registration, a short-term practice or a village registration."""
    found = Registration.objects.current().filter(status__in=PUBLIC)
    registered = found.order_by("subject_id").values_list("subject_id", flat=True).distinct()
    yield from dict.fromkeys(chain(registered, public_permits.holders()))


def records(ids: Sequence[int]) -> Iterable[PractitionerRecord]:
    """The public records of these people, in nine queries whatever their number."""
    today = timezone.localdate()
    registrations = registrations_of(ids)
    identities = {
        row.subject_id: row for row in PersonIdentity.objects.as_of(today).filter(subject_id__in=ids)
    }
    filings: dict[int, list[InstitutionFiling]] = {}
    for filing in InstitutionFiling.objects.as_of(today).filter(subject_id__in=ids).order_by("valid_from"):
        filings.setdefault(filing.subject_id, []).append(filing)
    permits = public_permits.permits_of(ids)
    placed = chain.from_iterable([*registrations.values(), *filings.values(), *permits.values()])
    around = surroundings(today, {each.institution_id for each in placed if each.institution_id})
    led = public_permits.leads(ids, today)
    for subject_id, identity in identities.items():
        versions = registrations.get(subject_id, [])
        shown = [each for each in _primary(versions) if each.status in PUBLIC] if versions else []
        if shown:
            record = _record(identity, shown, filings.get(subject_id, []), around)
            yield replace(record, notes=led.get(subject_id, ()))
        elif (beside := public_permits.record_of(identity, permits.get(subject_id, []), around)) is not None:
            yield beside


def _primary(versions: list[Registration]) -> list[Registration]:
    """The versions that count: the main place, the highest level; an assistant's districts follow one another."""
    best = min(versions, key=lambda each: (not each.is_primary, each.level))
    return [each for each in versions if (each.is_primary, each.level) == (best.is_primary, best.level)]


def _record(
    identity: PersonIdentity,
    versions: list[Registration],
    filings: list[InstitutionFiling],
    around: Surroundings,
) -> PractitionerRecord:
    now = [each for each in versions if each.valid_from <= around.today] or versions[:1]
    latest = now[-1]
    return PractitionerRecord(
        subject=identity.subject_id,
        name=identity.name,
        sex=sex_word(identity.sex),
        level=name_of("practice_level", latest.level),
        category=name_of("practice_category", latest.category),
        place=place_name(latest.place),
        authority=around.offices.get(latest.authority_scope, ""),
        practice_number=latest.practice_number,
        first_registered=latest.first_practised_on,
        scopes=_scopes(versions, latest),
        main=_main(now, around),
        others=_others(latest, filings, around),
        periods=tuple(_period(each, around) for each in versions),
        milestones=tuple(_milestones(versions, around)),
    )


def _scopes(versions: list[Registration], latest: Registration) -> tuple[PracticeScope, ...]:
    if latest.scope_text:
        return (PracticeScope(latest.scope_text),)
    first = set(versions[0].scopes)
    shown = []
    for code in latest.scopes:
        since = next(each.valid_from for each in versions if code in each.scopes)
        shown.append(PracticeScope(name_of("practice_scope", code), None if code in first else since))
    return tuple(shown)


def _main(versions: list[Registration], around: Surroundings) -> PracticePlace | None:
    """Where she practises; of an ended registration the former place, after leaving none."""
    latest = versions[-1]
    if latest.status == Standing.LEFT:
        return None
    placed = [each for each in versions if each.institution_id is not None]
    if not placed:
        return None
    here = placed[-1]
    since = here.valid_from
    for each in reversed(placed):
        if each.institution_id != here.institution_id:
            break
        since = each.valid_from
    assert here.institution_id is not None
    return PracticePlace(here.institution_id, around.names.get(here.institution_id, ""), since, here.valid_to)


def _others(
    latest: Registration, filings: list[InstitutionFiling], around: Surroundings
) -> tuple[PracticePlace, ...]:
    if latest.status != Standing.REGISTERED:
        return ()
    return tuple(
        PracticePlace(
            each.institution_id, around.names.get(each.institution_id, ""), each.valid_from, each.valid_to
        )
        for each in filings
    )


def _period(version: Registration, around: Surroundings) -> Period:
    return Period(
        standing=Standing(version.status),
        since=version.valid_from,
        until=version.valid_to,
        institution=around.names.get(version.institution_id or 0, ""),
        scopes=(version.scope_text,)
        if version.scope_text
        else tuple(name_of("practice_scope", code) for code in version.scopes),
    )


def _milestones(versions: list[Registration], around: Surroundings) -> Iterator[Milestone]:
    first = versions[0]
    yield Milestone(
        first.valid_from, f"首次注册：{around.names.get(first.institution_id or 0, '')}".rstrip("：")
    )
    for before, after in pairwise(versions):
        words = _difference(before, after, around)
        if words:
            yield Milestone(after.valid_from, words)


def _difference(before: Registration, after: Registration, around: Surroundings) -> str:
    if before.status != after.status:
        if after.status == Standing.REGISTERED:
            name = around.names.get(after.institution_id or 0, "")
            return f"恢复执业：{name}" if name else "恢复执业"
        return WORDS[Standing(after.status)].long
    if before.institution_id != after.institution_id:
        return f"变更主要执业机构：{around.names.get(after.institution_id or 0, '')}"
    added = [code for code in after.scopes if code not in before.scopes]
    if added:
        return "增加执业范围：" + "、".join(name_of("practice_scope", code) for code in added)
    return "变更执业范围" if before.scopes != after.scopes else ""


register_source(Source("doctor", PublicPractitioner, subjects, records))
