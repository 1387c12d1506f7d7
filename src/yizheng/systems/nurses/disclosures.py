"""What the public may know of nurses: how they are registered, where and until when; never a birth date or a number of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from django.utils import timezone

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import Milestone, Note, Period, PracticePlace, PractitionerRecord
from yizheng.disclosure.sources import Lookup, PeopleSource, register_source
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.kernel.chinese_dates import long_date
from yizheng.systems.nurses.models import NurseRegistration, public_standing
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.public_periods import layer, overlaid
from yizheng.systems.practitioners.surroundings import Surroundings, surroundings

ONE_DAY = timedelta(days=1)


def subjects() -> Iterator[int]:
    """Everybody who has or had a registration."""
    found = NurseRegistration.objects.current().order_by("subject_id").values_list("subject_id", flat=True)
    yield from found.distinct()


def records(ids: Sequence[int]) -> Iterable[PractitionerRecord]:
    """The public records of these nurses, in four queries whatever their number."""
    today = timezone.localdate()
    versions: defaultdict[int, list[NurseRegistration]] = defaultdict(list)
    for each in NurseRegistration.objects.current().filter(subject_id__in=ids).order_by("valid_from"):
        if public_standing(each.status) is not None:
            versions[each.subject_id].append(each)
    around = surroundings(
        today, {each.institution_id for held in versions.values() for each in held if each.institution_id}
    )
    for identity in PersonIdentity.objects.as_of(today).filter(subject_id__in=list(versions)):
        yield _record(identity, versions[identity.subject_id], around)


def _record(
    identity: PersonIdentity, versions: list[NurseRegistration], around: Surroundings
) -> PractitionerRecord:
    latest = versions[-1]
    main = None
    if latest.institution_id is not None:
        name = around.name_over(latest.institution_id, latest.valid_to)
        main = PracticePlace(latest.institution_id, name, latest.valid_from, latest.valid_to)
    layers = [layer(period) for each in versions for period in _periods(each, around)]
    return PractitionerRecord(
        subject=identity.subject_id,
        name=identity.name,
        sex=identity.sex_word,
        level="",
        category="",
        place=place_name(CITY),
        authority=around.offices.get(latest.authority_scope, ""),
        practice_number=latest.number,
        first_registered=latest.registered_on,
        scopes=(),
        main=main,
        periods=overlaid(layers),
        milestones=tuple(_milestones(versions, around)),
        notes=(Note("注册有效期至", long_date(latest.term_to)),),
    )


def _periods(version: NurseRegistration, around: Surroundings) -> Iterator[Period]:
    """How she stood: by the status written, and expired from the day after the term."""
    said = public_standing(version.status)
    assert said is not None
    runs_out = version.term_to + ONE_DAY
    for since, until, name in around.renamed(version.institution_id, version.valid_from, version.valid_to):
        if not version.stands or until <= runs_out:
            yield Period(said, since, until, name)
            continue
        if since < runs_out:
            yield Period(said, since, runs_out, name)
        yield Period(Standing.EXPIRED, max(since, runs_out), until, name)


def _milestones(versions: Sequence[NurseRegistration], around: Surroundings) -> Iterator[Milestone]:
    first = versions[0]
    name = around.name(first.institution_id, first.valid_from)
    yield Milestone(first.registered_on, f"首次注册：{name}".rstrip("："))
    for before, after in pairwise(versions):
        if before.status != after.status:
            said = public_standing(after.status)
            yield Milestone(after.valid_from, WORDS[said].long if said else "")
        elif before.term_to != after.term_to:
            yield Milestone(after.valid_from, f"延续注册，有效期至{long_date(after.term_to)}")
        elif before.institution_id != after.institution_id:
            name = around.name(after.institution_id, after.valid_from)
            yield Milestone(after.valid_from, f"变更主要执业机构：{name}")


register_source(
    PeopleSource(
        NURSES,
        PublicPractitioner,
        subjects,
        records,
        in_force="在册",
        lookup=Lookup("nurses", "执业证书编号", digits=12),
    )
)
