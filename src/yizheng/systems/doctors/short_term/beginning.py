"""What a form of somebody without a resident number begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners.prefilling import own_number


def known_person(
    account: Account | None, subject_id: int, kind: IdentifierKind, held: Callable[[int, date], Held]
) -> dict[str, Any]:
    """Name, numbers and, where she was registered before, sex and birth date."""
    identity = held(subject_id, timezone.localdate()).identity
    known: dict[str, Any] = {
        "name": "" if account is None else account.display_name,
        "id_number": own_number(subject_id, kind, account),
        "mobile": own_number(subject_id, IdentifierKind.MOBILE, account),
    }
    if identity is not None:
        known |= {"name": identity.name, "sex": identity.sex, "birth_date": identity.birth_date}
    return known
