"""What is reported of practitioners alike: who a permission was given to, and how a registration stands for its certificate."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yizheng.documents.models import Certificate
from yizheng.exchange.credit.sources import Party, Printed
from yizheng.exchange.ecertificates.types import Holder, declare

MOVED = frozenset({"MIL", "MOVED"})
"""Statuses of a registration that went to the forces or to another province."""


def holder(certificate: Certificate, printed: Printed, on: date) -> Party:
    """The person by name; the number is filled in on its way out."""
    return Party(str(printed["name"]), is_person=True)


def declare_holder(registration: type[Any], *kinds: str, suspended: frozenset[str]) -> Holder:
    """Say that certificates of these kinds follow how a registration stands; ``suspended`` are its statuses that suspend."""

    def touched(changes: Sequence[int]) -> set[int]:
        rows = registration.objects.all().filter(Q(opened__in=changes) | Q(closed__in=changes))
        return set(rows.values_list("subject_id", flat=True))

    def standing(subjects: Sequence[int]) -> Mapping[int, str]:
        held = registration.objects.as_of(timezone.localdate()).filter(subject_id__in=subjects)
        words = {}
        for subject, status in held.values_list("subject_id", "status"):
            if status in suspended:
                words[subject] = "suspended"
            elif status in MOVED:
                words[subject] = "moved"
        return words

    return declare(Holder(kinds, touched, standing))
