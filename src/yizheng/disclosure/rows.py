"""Records turned into rows of the public tables; dates become ISO text inside JSON, names become keys."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.disclosure.records import Period, PractitionerRecord
from yizheng.disclosure.sources import Record
from yizheng.disclosure.standings import ENDED_BY_DEREGISTRATION, OVER, Standing
from yizheng.kernel.names import fold_name


def row_of(register: str, record: Record, now: datetime) -> PublicPractitioner | PublicInstitution:
    """The row of a record as of the moment it is made; what is published of an institution is its row already."""
    if isinstance(record, PractitionerRecord):
        return _practitioner_row(register, record, now, timezone.localdate(now))
    record.register, record.refreshed = register, now
    return record


def _practitioner_row(register: str, record: PractitionerRecord, now: datetime, today: date) -> PublicPractitioner:
    period = next((period for period in record.periods if period.since <= today < period.until), None)
    registered, ended = _last_registered(record.periods, today), _last_ended(record.periods, today)
    return PublicPractitioner(
        subject=record.subject,
        register=register,
        name=record.name,
        name_key=fold_name(record.name),
        institution_keys=_institution_keys(record, today),
        practice_number=record.practice_number,
        standing=(period.standing if period else Standing.DEREGISTERED).value,
        standing_since=period.since if period else None,
        sex=record.sex,
        level=record.level,
        category=record.category,
        place=record.place,
        authority=record.authority,
        first_registered=record.first_registered,
        registered_on=registered.since if registered else None,
        ended_on=ended.since if ended else None,
        ended_because=ended.because if ended else "",
        stored_scopes=[_plain(scope) for scope in record.scopes],
        stored_main=_plain(record.main) if record.main else None,
        stored_others=[_plain(place) for place in record.others],
        stored_periods=[_plain(period)[:-1] for period in record.periods],
        stored_milestones=[
            _plain(each) for each in sorted(record.milestones, key=lambda milestone: milestone.on, reverse=True)
        ],
        stored_notes=[_plain(note) for note in record.notes],
        refreshed=now,
    )


def _institution_keys(record: PractitionerRecord, today: date) -> str:
    """By which institutions she is found, one a line: the main one, and those whose filing has not ended."""
    places = [record.main] if record.main else []
    places += [place for place in record.others if today < place.until]
    return "\n".join(sorted({fold_name(place.name) for place in places}))


def _last_registered(periods: Sequence[Period], today: date) -> Period | None:
    """The period with which a registration last began: there was none before, or it had ended."""
    found, before = None, None
    for period in periods:
        ended = before is None or before.until < period.since or before.standing in OVER
        if period.since <= today and period.standing not in OVER and ended:
            found = period
        before = period
    return found


def _last_ended(periods: Sequence[Period], today: date) -> Period | None:
    """The period with which a registration was last deregistered."""
    ended = [each for each in periods if each.standing in ENDED_BY_DEREGISTRATION and each.since <= today]
    return ended[-1] if ended else None


def _plain(record: Any) -> list[Any]:
    """The values of a record as JSON holds them, days as text."""
    values = (getattr(record, each.name) for each in fields(record))
    return [value.isoformat() if isinstance(value, date) else value for value in values]
