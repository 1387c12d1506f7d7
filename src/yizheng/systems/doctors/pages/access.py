"""Who opens the register of doctors, and the record of one doctor as far as the account may see it."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.http import Http404

from yizheng.licensing.models import Expiry
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.registry.models import Fact
from yizheng.systems.record import Record, read

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})
"""Roles (and, outside the office, the kind of account) at whose side the register stands."""


@cache
def kinds() -> tuple[type[Fact], ...]:
    """Every kind of fact of this system, and the ends that its clocks record."""
    models = apps.get_app_config("doctors").get_models()
    facts: list[type[Fact]] = [Expiry, *(each for each in models if issubclass(each, Fact))]
    return tuple(sorted(facts, key=lambda each: each.fact_table()))


def record_for(account: Account, subject_id: int) -> Record:
    """The doctor's record; a missing doctor and one out of reach get the same answer."""
    record = read(account, subject_id, kinds())
    if not record.versions:
        raise Http404("没有这位医师，或者不在您的辖区和机构")
    return record
