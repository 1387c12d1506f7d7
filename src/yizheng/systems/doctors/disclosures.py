"""What the public may know of doctors (医师法 第二十一条): registrations as they stand and stood, never a personal number.

Short-term doctors, village doctors and the specialty of a cosmetic lead come in by `public_permits`; how somebody stood on
each day, by all she held, by `public_periods`. Withheld is everything `records` has no field for, beside it: reasons of
suspensions and endings, what she leads while she may not practise, service in the forces, moves to other provinces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, pairwise

from django.utils import timezone

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import Milestone, Note, Period, PracticePlace, PracticeScope, PractitionerRecord
from yizheng.disclosure.sources import Lookup, PeopleSource, register_source
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.kernel.codes import name_of, table
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.registration import UPGRADED
from yizheng.systems.doctors.public import filings as public_filings
from yizheng.systems.doctors.public import permits as public_permits
from yizheng.systems.doctors.public.permits import Permit
from yizheng.systems.doctors.reading.held import registrations_of
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.places import place_name
from yizheng.systems.practitioners.public_periods import Layer, layer, overlaid, withheld
from yizheng.systems.practitioners.surroundings import Surroundings, surroundings

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
    identities = {row.subject_id: row for row in PersonIdentity.objects.as_of(today).filter(subject_id__in=ids)}
    filings = public_filings.filings_of(ids, today)
    permits = public_permits.permits_of(ids)
    placed: Iterable[Registration | InstitutionFiling | Permit] = chain.from_iterable(
        [*registrations.values(), *filings.values(), *permits.values()]
    )
    around = surroundings(today, {each.institution_id for each in placed if each.institution_id})
    led = public_permits.leads(ids, today)
    for subject_id, identity in identities.items():
        versions, beside = registrations.get(subject_id, []), permits.get(subject_id, [])
        shown = [each for each in _primary(versions) if each.status in PUBLIC] if versions else []
        by_permit = public_permits.record_of(identity, beside, around)
        if shown and not (by_permit and _stands_by_permit_alone(versions, beside, today)):
            told = [each for each in _history(versions) if each.status in PUBLIC]
            record = _record(identity, shown, told, filings.get(subject_id, []), around)
            yield _complete(record, versions, beside, led.get(subject_id, ()), around)
        elif by_permit is not None:
            yield _complete(by_permit, versions, beside, by_permit.notes, around)


def _stands_by_permit_alone(versions: list[Registration], permits: list[Permit], today: date) -> bool:
    """Whether she may practise today by a permit while no registration stands."""
    stands = any(each.in_force_on(today) and each.stands for each in versions)
    return not stands and any(each.in_force_on(today) and each.allows_practice(today) for each in permits)


def _complete(
    record: PractitionerRecord,
    versions: list[Registration],
    permits: list[Permit],
    notes: tuple[Note, ...],
    around: Surroundings,
) -> PractitionerRecord:
    """The record with how she stood on every day, by whatever registration or permit, and what she leads while she may."""
    laid = chain(_layers(versions, record, around), public_permits.layers(permits, around, record.level))
    periods = overlaid(laid)
    now = next((each for each in periods if each.since <= around.today < each.until), None)
    may = now is not None and WORDS[now.standing].may_practise
    leading = {note.label for note in notes} == {public_permits.LEADS}
    return replace(record, periods=periods, notes=notes if may or not leading else ())


def _layers(versions: list[Registration], record: PractitionerRecord, around: Surroundings) -> Iterator[Layer]:
    """Every registration of hers; one that the public is not told of ends what stood before it."""
    for each in versions:
        if each.status not in PUBLIC:
            yield withheld(each.valid_from, each.valid_to)
            continue
        for since, until, name in around.renamed(each.institution_id, each.valid_from, each.valid_to):
            yield layer(_period(each, record, since, until, name), not each.is_primary, int(each.level))


def _primary(versions: list[Registration]) -> list[Registration]:
    """The versions that count: the main place, the highest level; an assistant's districts follow one another."""
    best = min(versions, key=lambda each: (not each.is_primary, each.level))
    return [each for each in versions if (each.is_primary, each.level) == (best.is_primary, best.level)]


def _history(versions: list[Registration]) -> list[Registration]:
    """What came before as well: the assistant's registration out of which the physician's grew."""
    primary = _primary(versions)
    if all(each.reason != UPGRADED for each in versions):
        return primary
    levels = {primary[0].level, ASSISTANT}
    return [each for each in versions if each.is_primary == primary[0].is_primary and each.level in levels]


def _record(
    identity: PersonIdentity,
    versions: list[Registration],
    history: list[Registration],
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
        milestones=(*_milestones(history, around), *public_filings.milestones(filings, versions, around)),
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
    name = around.name_over(here.institution_id, here.valid_to)
    return PracticePlace(here.institution_id, name, since, here.valid_to)


def _others(latest: Registration, filings: list[InstitutionFiling], around: Surroundings) -> tuple[PracticePlace, ...]:
    if latest.status != Standing.REGISTERED:
        return ()
    return tuple(
        PracticePlace(each.institution_id, around.name(each.institution_id), each.valid_from, each.valid_to)
        for each in filings
        if each.in_force_on(around.today)
    )


def _period(version: Registration, record: PractitionerRecord, since: date, until: date, name: str) -> Period:
    level, place = name_of("practice_level", version.level), place_name(version.place)
    return Period(
        standing=Standing(version.status),
        since=since,
        until=until,
        institution=name,
        level=level if level != record.level else "",
        place=place if place != record.place else "",
        because=_because(version),
        scopes=(version.scope_text,)
        if version.scope_text
        else tuple(name_of("practice_scope", code) for code in version.scopes),
    )


def _because(version: Registration) -> str:
    """The category of the reason for which a registration ended; it never names a matter of health."""
    reason = table("doctor_deregistration_reason").get(version.reason)
    return reason.attributes["announced_as"] if reason is not None and not version.stands else ""


def _milestones(versions: list[Registration], around: Surroundings) -> Iterator[Milestone]:
    """What happened, in order; that a district's registration of an assistant was taken over elsewhere is no event."""
    told = [each for each in versions if each.reason != UPGRADED]
    first = told[0]
    house = around.name(first.institution_id, first.valid_from)
    yield Milestone(first.valid_from, f"{_beginning(first)}：{house}".rstrip("："))
    for before, after in pairwise(told):
        words = _difference(before, after, around)
        if words:
            yield Milestone(after.valid_from, words)


def _beginning(first: Registration) -> str:
    if not first.is_primary:
        return "增加注册"
    return "首次注册" if first.valid_from <= first.first_practised_on else "在本市注册"


def _difference(before: Registration, after: Registration, around: Surroundings) -> str:
    """What a version says otherwise than the one before it: the one thing for which it was entered."""
    house = around.name(after.institution_id, after.valid_from)
    if before.level != after.level:
        return f"注册为{name_of('practice_level', after.level)}：{house}".rstrip("：")
    if before.status != after.status:
        if after.status == Standing.REGISTERED:
            words = "恢复执业" if before.stands else "重新注册"
            return f"{words}：{house}".rstrip("：")
        return WORDS[Standing(after.status)].long
    if before.category != after.category:
        return f"变更执业类别：{name_of('practice_category', after.category)}"
    if before.place != after.place:
        words = "变更执业地点" if before.place else "登记执业地点和执业范围"
        return f"{words}：{house}"
    if before.institution_id != after.institution_id:
        return f"变更主要执业机构：{house}"
    return _scopes_changed(before, after)


def _scopes_changed(before: Registration, after: Registration) -> str:
    if before.scopes == after.scopes:
        return ""
    kept = set(before.scopes) <= set(after.scopes)
    told = [code for code in after.scopes if code not in before.scopes] if kept else after.scopes
    names = "、".join(name_of("practice_scope", code) for code in told)
    return f"增加执业范围：{names}" if kept else f"变更执业范围：{names}"


register_source(
    PeopleSource(
        DOCTORS,
        PublicPractitioner,
        subjects,
        records,
        in_force="在册",
        lookup=Lookup("doctors", "执业证书编码", digits=15, hidden="资格证书编码", announced=True),
    )
)
