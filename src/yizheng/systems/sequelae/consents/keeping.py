"""Giving and withdrawing consent: who withdrew is in no new analysis or export; what was made before stays (个保法 第十五条)."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae.models import Consent, Person
from yizheng.systems.sequelae.models.purposes import may_write
from yizheng.systems.sequelae.persons.locking import alone
from yizheng.systems.sequelae.tables import rows


class Refused(Exception):
    """What cannot be written down; the words are for the administrator."""


@cache
def versions() -> Mapping[str, str]:
    """The versions of the notice, the newest first."""
    return {row["version"]: row["title"] for row in reversed(rows("consents"))}


def standing(account: Account, person: Person) -> Consent | None:
    """The last consent of a person, withdrawn or not."""
    return Consent.objects.visible_to(account).filter(person=person).first()


def consenting(account: Account, persons: Iterable[Person]) -> list[Person]:
    """Those who did not withdraw; who was never asked (before there were notices) stays."""
    newest: dict[int, Consent] = {}
    for each in Consent.objects.visible_to(account).order_by("id"):
        newest[each.person_id] = each
    withdrawn = {key for key, each in newest.items() if each.withdrawn_on is not None}
    return [each for each in persons if each.pk not in withdrawn]


@transaction.atomic
def give(account: Account, person: Person, version: str, on: date | None) -> Consent:
    """Write down that a person agreed to a version; the consent before it ends with that day. Raises Refused."""
    _may(account)
    if version not in versions() or on is None or on > timezone.localdate():
        raise Refused("请选择版本，填写同意的日期（不晚于今天）")
    alone(person)
    Consent.objects.filter(person=person, withdrawn_on=None).update(withdrawn_on=on, why="改签新版")
    made = Consent.objects.create(person=person, version=version, given_on=on, account=account)
    audit.record(account, "sequelae.consent", f"sequelae_person:{person.pk}", {"version": version})
    return made


@transaction.atomic
def withdraw(account: Account, person: Person, why: str) -> None:
    """Write down that a person withdrew. Raises Refused."""
    _may(account)
    if not why.strip():
        raise Refused("请写明撤回的方式和范围")
    ended = Consent.objects.filter(person=person, withdrawn_on=None)
    if not ended.update(withdrawn_on=timezone.localdate(), why=why.strip()[:200]):
        raise Refused("没有可以撤回的同意")
    audit.record(account, "sequelae.consent_withdrawn", f"sequelae_person:{person.pk}", {})


def _may(account: Account) -> None:
    if not may_write(account, Consent):
        raise Refused("知情同意由随访管理人员登记")
