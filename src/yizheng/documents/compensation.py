"""What a rollback does to documents: nothing is undone, everything is answered by a new act.

A certificate the undone change issued is ended as 更正回退 and the version before it comes back as a new version; one
the undone change ended comes back likewise; instruments of the undone change are ended. Numbers stay given.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from yizheng.documents import certificates
from yizheng.documents.declarations import certificate_kind, instrument_kind
from yizheng.documents.models import Certificate, Ending, Instrument, Status
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.undoing import compensation

REVOKED = "失效（更正回退）"
REISSUED = "恢复，另发新版本"


@dataclass(frozen=True)
class Act:
    """One compensating act, as the preview of a rollback shows it."""

    title: str
    number: str
    sentence: str


def preview(undone: int) -> list[Act]:
    """What `compensate` would do for the change `undone`, changing nothing."""
    revoked = [
        act_on(one, REVOKED + ("，前一版本另发新版本" if one.supersedes_id else "")) for one in _issued_by(undone)
    ]
    restored = [act_on(one, REISSUED) for one in _ended_by(undone)]
    ended = [act_on(one, REVOKED) for one in _instruments_of(undone)]
    return [*revoked, *restored, *ended]


def compensate(undone: int, *, by: int, on: date) -> list[Certificate]:
    """Answer the undone change by new acts of the change `by`; returns the certificates put in force again."""
    restored = []
    with transaction.atomic():
        ended = list(_ended_by(undone))
        for certificate in _issued_by(undone):
            certificates.revoke(certificate, ending=Ending.ROLLED_BACK, on=on, change_id=by)
            if certificate.supersedes is not None:
                restored.append(certificates.reactivate(certificate.supersedes, on=on, change_id=by))
        restored.extend(certificates.reactivate(one, on=on, change_id=by) for one in ended)
        _instruments_of(undone).update(status=Status.REVOKED, ending=Ending.ROLLED_BACK, ended_on=on, ended_by=by)
    return restored


@compensation
def _told_in_the_preview(change: Change) -> list[str]:
    """The registry's preview of a rollback lists these sentences."""
    return [f"{act.title} {act.number}：{act.sentence}" for act in preview(change.pk)]


def act_on(document: Certificate | Instrument, sentence: str) -> Act:
    """What is done to a document, by the title of its kind and its number."""
    kind = certificate_kind if isinstance(document, Certificate) else instrument_kind
    return Act(kind(document.kind).title.format(item=""), document.number, sentence)


def _issued_by(change: int) -> QuerySet[Certificate]:
    return Certificate.objects.all().filter(change_id=change, status=Status.VALID).select_related("supersedes")


def _ended_by(change: int) -> QuerySet[Certificate]:
    return Certificate.objects.all().filter(ended_by=change, status=Status.REVOKED)


def _instruments_of(change: int) -> QuerySet[Instrument]:
    return Instrument.objects.all().filter(change_id=change, status=Status.VALID)
