"""What permits share when they are read, granted and ended: short-term practice, village doctors, special qualifications."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import QuerySet

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.remembering import Memory
from yizheng.licensing.item import Effect
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.permit import ENDED, SUSPENDED, VALID, Permit

LIVE = (VALID, SUSPENDED)
"""The states of a permit that has not ended."""

P = TypeVar("P", bound=Permit)
HELD: Memory[tuple[int, type[Any]], tuple[Any, ...]] = Memory("yizheng_practitioners_permits", of=itemgetter(0))
"""For work that asks of one person again and again."""


def held_of(kind: type[P], subject_id: int, why: str) -> tuple[P, ...]:
    """Every current version of the person's permits of a kind, oldest first, whoever recorded it."""

    def read() -> tuple[P, ...]:
        with acting_as_system(why):
            rows: Any = kind.objects.current().filter(subject_id=subject_id)
            return tuple(rows.order_by("valid_from", "line"))

    return HELD.ask((subject_id, kind), read)


def standing(versions: Iterable[P], on: date) -> list[P]:
    """Those that allow practice on the day."""
    return [each for each in versions if each.in_force_on(on) and each.allows_practice(on)]


def live(versions: Iterable[P], on: date) -> list[P]:
    """Those that have not ended on the day, suspended ones included."""
    return [each for each in versions if each.in_force_on(on) and each.status in LIVE]


def restate(permit: P, change: ChangeInProgress, on: date, **altered: Any) -> P:
    """The permit says this as well from ``on``."""
    return change.state(
        type(permit), permit.subject_id, permit.line, {**permit.values(), **altered},
        valid_from=on, authority_scope=permit.authority_scope,
    )  # fmt: skip


def end(
    permits: Iterable[P], change: ChangeInProgress, on: date, *, reason: str,
    status: str = ENDED, ending: Ending = Ending.CANCELLED,
) -> list[P]:  # fmt: skip
    """The permits stand no longer from ``on``, each for this reason; their certificates end with them."""
    ended = [restate(each, change, on, status=status, reason=reason) for each in permits]
    for certificate in certificates_of(ended):
        certificates.revoke(certificate, ending=ending, on=on, change_id=change.id)
    return ended


def certificates_of(permits: Iterable[Permit]) -> QuerySet[Certificate]:
    """The certificates in force of these permits, held against others."""
    rows = list(permits)
    return Certificate.objects.select_for_update(no_key=True).filter(
        subject_id__in={each.subject_id for each in rows}, status=Status.VALID,
        number__in={each.certificate_number for each in rows} - {""},
    )  # fmt: skip


def certified(summary: str, kind: str, identity: PersonIdentity, **fields: str | date | None) -> Effect:
    """What a grant says, and what its certificate prints: the holder, and these fields where there is something to say."""
    said = {
        name: long_date(each) if isinstance(each, date) else each for name, each in fields.items() if each is not None
    }
    photo = {"photo": identity.photo} if identity.photo else {}
    return Effect(summary, kind, {"name": identity.name, "sex": identity.sex_word, **said, **photo})
