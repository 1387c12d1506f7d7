"""Who opens the register of doctors, and the record of one doctor as far as the account may see it."""

from __future__ import annotations

from django.http import Http404

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.systems.practitioners.kinds import kinds_of
from yizheng.systems.record import Record, read

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})
"""Roles (and, outside the office, the kind of account) at whose side the register stands."""


def record_for(account: Account, subject_id: int) -> Record:
    """The doctor's record; a missing doctor and one out of reach get the same answer."""
    record = read(account, subject_id, kinds_of("doctors"))
    if not record.versions:
        raise Http404("没有这位医师，或者不在您的辖区和机构")
    return record
