"""A doctor's past in a few words a line, for the side of a case page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.utils import timezone

from yizheng.kernel.codes import name_of, table
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import (
    MilitaryTransfer,
    PeriodicAssessment,
    Qualification,
    Registration,
    ShortTermPractice,
    SpecialQualification,
    VillageRegistration,
)
from yizheng.systems.doctors.models.military import DIRECTIONS
from yizheng.systems.doctors.reading.held import registrations_of
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import ConductRecord, PenaltyRecord, TrainingProof
from yizheng.systems.practitioners.models.conduct import KINDS as CONDUCT
from yizheng.systems.practitioners.models.training import TRAINING


def history_of(subject_id: int) -> list[tuple[date, str]]:
    """Qualifications, registrations, trainings, assessments and penalties by day, newest first."""
    mine = {"subject_id": subject_id}
    with acting_as_system("办件中的此人历史"):
        lines = [
            *map(_qualified, Qualification.objects.current().filter(**mine)),
            *_registered(registrations_of([subject_id]).get(subject_id, [])),
            *map(_proved, TrainingProof.objects.current().filter(**mine)),
            *map(_assessed, PeriodicAssessment.objects.current().filter(**mine)),
            *map(_punished, PenaltyRecord.objects.current().filter(**mine)),
            *map(_behaved, ConductRecord.objects.current().filter(**mine)),
            *map(_transferred, MilitaryTransfer.objects.current().filter(**mine)),
            *map(_special, SpecialQualification.objects.current().filter(**mine)),
            *map(_short_term, ShortTermPractice.objects.current().filter(**mine)),
            *map(_village, VillageRegistration.objects.current().filter(**mine)),
        ]
    return sorted(lines, key=lambda line: line[0], reverse=True)


def _qualified(fact: Qualification) -> tuple[date, str]:
    level, category = name_of("practice_level", fact.level), name_of("practice_category", fact.category)
    return fact.qualified_on, f"取得{level}资格（{category}）"


def _registered(versions: list[Registration]) -> Iterator[tuple[date, str]]:
    here = [each.institution_id for each in versions if each.institution_id is not None]
    names = {key: row.name for key, row in licences.licences_on(here, timezone.localdate()).items()}
    for first in versions[:1]:
        yield first.valid_from, f"首次注册　{names.get(first.institution_id or 0, '')}".rstrip()
    for before, after in pairwise(versions):
        if before.line != after.line:
            yield after.valid_from, f"注册为{name_of('practice_level', after.level)}"
        elif before.status != after.status:
            yield after.valid_from, name_of("doctor_register_status", after.status)
        elif before.institution_id != after.institution_id:
            yield after.valid_from, f"变更主要执业机构　{names.get(after.institution_id or 0, '')}".rstrip()
        elif before.scopes != after.scopes:
            yield after.valid_from, "变更执业范围"


def _proved(fact: TrainingProof) -> tuple[date, str]:
    word = "培训" if fact.kind == TRAINING else "重新执业考核"
    return fact.happened_on, f"{word}{'合格' if fact.passed else '不合格'}　{fact.institution_name}"


def _assessed(fact: PeriodicAssessment) -> tuple[date, str]:
    return (
        fact.happened_on,
        f"定期考核{'再次考核' if fact.again else ''}{'合格' if fact.passed else '不合格'}（{fact.cycle}）",
    )


def _punished(fact: PenaltyRecord) -> tuple[date, str]:
    return fact.happened_on, f"{name_of('doctor_penalty_kind', fact.kind)}　{fact.document_number}"


def _behaved(fact: ConductRecord) -> tuple[date, str]:
    return fact.happened_on, f"{dict(CONDUCT)[fact.kind]}　{fact.content}"


def _transferred(fact: MilitaryTransfer) -> tuple[date, str]:
    return fact.happened_on, dict(DIRECTIONS)[fact.direction]


def _special(fact: SpecialQualification) -> tuple[date, str]:
    word = name_of("special_qualification_type", fact.type)
    return fact.valid_from, f"{word}　{name_of('permit_status', fact.status)}"


def _short_term(fact: ShortTermPractice) -> tuple[date, str]:
    word = table("short_term_origin")[fact.origin].attributes["label"]
    return fact.valid_from, f"{word}　{name_of('permit_status', fact.status)}　{fact.certificate_number}"


def _village(fact: VillageRegistration) -> tuple[date, str]:
    return fact.valid_from, f"乡村医生注册　{name_of('permit_status', fact.status)}"
