"""How a permit stands in public: which of several counts, at which hosts, and from when until when it stood how."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from yizheng.disclosure.records import PracticePlace
from yizheng.disclosure.standings import Standing
from yizheng.systems.practitioners.models.permit import VALID
from yizheng.systems.practitioners.surroundings import Surroundings

ONE_DAY = timedelta(days=1)
STANDINGS = {
    "VALID": Standing.REGISTERED,
    "SUSPENDED": Standing.SUSPENDED_BY_PENALTY,
    "EXPIRED": Standing.EXPIRED,
    "ENDED": Standing.DEREGISTERED,
    "REVOKED": Standing.REVOKED,
}


def latest_of(versions: list[Any], today: date) -> Any:
    """What allows practice today, else what was last entered."""
    valid = [each for each in versions if each.in_force_on(today) and each.allows_practice(today)]
    return max(valid or versions, key=lambda each: (each.valid_from, each.pk))


def hosts_of(versions: list[Any], latest: Any, around: Surroundings) -> list[PracticePlace]:
    """The hosts of the same certificate, the one that counts first."""
    same = [each for each in versions if each.certificate_number == latest.certificate_number]
    of_latest = [each for each in same if each.in_force_on(around.today)] or [latest]
    ordered = sorted(of_latest, key=lambda each: each.pk != latest.pk)
    return [
        PracticePlace(
            each.institution_id,
            around.name_over(each.institution_id, each.valid_to),
            each.issued_on,
            each.valid_until + ONE_DAY,
        )
        for each in ordered
    ]


def stood(held: Any) -> Iterator[tuple[Standing, date, date]]:
    """As its status says, a valid one until its last day and as expired after it."""
    over = held.valid_to
    if held.status == VALID:
        over = min(max(held.valid_until + ONE_DAY, held.valid_from), over)
    if held.valid_from < over:
        yield STANDINGS[held.status], held.valid_from, over
    if over < held.valid_to:
        yield Standing.EXPIRED, over, held.valid_to
