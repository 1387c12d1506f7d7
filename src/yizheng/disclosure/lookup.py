"""Looking somebody up: by full name and institution, or by a certificate number; never by less, never as a list.

Every question, answered or not, asks the database the same number of statements, so that neither the time nor the page
tells more than its words (design of the public register: 《中华人民共和国医师法》第二十一条).
"""

from dataclasses import dataclass

from yizheng.disclosure import keys
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.sources import PeopleSource
from yizheng.people import vault
from yizheng.people.scope import acting_as_system

MOST = 20
NOBODY = -1
"""A subject that does not exist, so that an unresolved number takes the same path as a resolved one."""


@dataclass(frozen=True, slots=True)
class Found:
    """At most twenty entries; `more` when there were others."""

    entries: list[PublicPractitioner]
    more: bool = False


def by_name(register: str, name: str, institution: str) -> Found:
    """Entries in the register of exactly this name at an institution whose name contains what was typed. Raises `keys.Unusable`."""
    name_key, fragment = keys.name_key(name), keys.institution_key(institution)
    rows = PublicPractitioner.objects.filter(register=register, name_key=name_key, institution_keys__contains=fragment)
    return _bounded(list(rows.order_by("subject")[: MOST + 1]))


def by_practice_number(source: PeopleSource, number: str) -> Found:
    """The entry in the register with this practice number. Raises `keys.Unusable`."""
    wanted = keys.practice_number(number, source.number, source.lookup.digits)
    rows = PublicPractitioner.objects.filter(register=source.register.code, practice_number=wanted)
    return _bounded(list(rows.order_by("subject")[: MOST + 1]))


def by_qualification_number(register: str, number: str) -> Found:
    """The entry in the register of the holder of this qualification number, resolved by the vault and audited. Raises `keys.Unusable`."""
    wanted = keys.qualification_number(number)
    with acting_as_system("disclosure:qualification_number"):
        subject = vault.resolve("qualification_number", wanted, actor=None, reason="社会公众查询")
    rows = PublicPractitioner.objects.filter(register=register, subject=subject or NOBODY)
    return _bounded(list(rows[: MOST + 1]))


def _bounded(rows: list[PublicPractitioner]) -> Found:
    return Found(rows[:MOST], more=len(rows) > MOST)
