"""Granting a qualification on papers instead of an examination: identity, qualification, number, certificate, in one place.

Shared by the exchange of military qualifications and the recognition of doctors from Hong Kong, Macau and Taiwan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import make_qualification_number
from yizheng.kernel.statutes import military_exchange_notice
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.licensing.rules import declare_rule, value
from yizheng.licensing.states import ENDED
from yizheng.people.models import Scope
from yizheng.people.search import index_name
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts import qualifying
from yizheng.systems.doctors.acts.identities import enter_identity, photo_of
from yizheng.systems.doctors.checks.grounds import ground, stands
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.rules import periods

EXCHANGE_DAYS = declare_rule(
    "doctors.military_exchange_days",
    "军队医师移交后多少日内申请换领资格证书",
    90,
    "日",
    military_exchange_notice(1),
)
BEIJING = "11"


@dataclass(frozen=True, slots=True)
class Granted:
    """What is granted: level, category, way, the day it was obtained, and the identity number in its number."""

    level: str
    category: str
    way: str
    qualified_on: date
    identity_number: str

    @property
    def number(self) -> str:
        """The qualification number of this holder."""
        year = self.qualified_on.year
        return make_qualification_number(year, BEIJING, self.level, self.category, self.identity_number)


def grant(
    case: Case, typed: Answers, held: Held, granted: Granted, change: ChangeInProgress, on: date
) -> Effect:
    """Enter person and qualification; say what is certified. Call it as the system."""
    office = Scope.objects.get(pk=case.decided_by)
    identity = enter_identity(
        change,
        case.subject_id,
        typed["person"],
        office=office.pk,
        photo=photo_of(case),
        on=on if held.identity is None else held.identity.valid_from,
        known=held.identity,
    )
    qualification = qualifying.enter_qualification(
        change,
        case.subject_id,
        identity,
        level=granted.level,
        category=granted.category,
        way=granted.way,
        number=granted.number,
        qualified_on=granted.qualified_on,
        on=on,
        office=office,
    )
    index_name(case.subject_id, identity.name, [office.pk])
    return Effect(
        summary=f"取得{name_of('practice_level', granted.level)}资格（{name_of('practice_category', granted.category)}）",
        certificate_kind=qualifying.KIND,
        certificate_fields=qualifying.printed(
            qualification,
            identity_number=granted.identity_number,
            number=granted.number,
            education=held.educations[0] if held.educations else None,
            serial=qualifying.new_serial(on, case.subject_id, change.id),
            issuer=authority(office.code).name,
            photo=identity.photo,
        ),
    )


def holds(held: Held, level: str, category: str) -> Qualification | None:
    """A qualification of this level and category that is held already."""
    return next(
        (each for each in held.qualifications if (each.level, each.category) == (level, category)), None
    )


def barred(held: Held, on: date) -> bool:
    """Whether applications are not accepted because a qualification was annulled."""
    law = ground("R11", on)
    mine = [bar_of(each) for each in held.bars if each.ground == "R11"]
    return law is not None and any(stands(bar, law, periods(on), on) for bar in mine)


def applied_on(item_code: str, subject_id: int, on: date) -> date:
    """The day the open case was handed in; ``on`` while there is none. Periods for applying look at this day."""
    mine = Case.objects.filter(item_code=item_code, subject_id=subject_id, submitted_at__isnull=False)
    found = mine.exclude(state__in=ENDED).order_by("-id").values_list("submitted_at", flat=True).first()
    return on if found is None else min(on, timezone.localdate(found))


def exchange_days(on: date) -> int:
    """Natural days for exchanging a military qualification."""
    return value(EXCHANGE_DAYS.code, on)
