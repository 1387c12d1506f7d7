"""Reading licences: how an institution stood on a day, who registers it, which institutions there are to choose from.

Licences are public by law (医疗机构管理条例 第二十五条: they hang on the wall), so these questions are answered to any
part of the program, whoever is signed in; pages that list institutions for staff go through ``visible_to``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yizheng.kernel.remembering import Memory
from yizheng.people.scope import acting_as_system
from yizheng.systems.institutions.models import InstitutionLicence

_REASON = "核对医疗机构许可"


def licence_on(subject_id: int, on: date) -> InstitutionLicence | None:
    """The licence of the institution as it stands on ``on`` by today's knowledge; nothing where it has none."""

    def read() -> InstitutionLicence | None:
        with acting_as_system(_REASON):
            return InstitutionLicence.objects.as_of(on).filter(subject_id=subject_id).first()

    return LICENSED.ask((subject_id, on), read)


LICENSED: Memory[tuple[int, date], InstitutionLicence | None] = Memory("yizheng_licences", lambda key: key[0])
"""For work on many people, who work in the same few institutions."""


def licences_on(subject_ids: Iterable[int], on: date) -> dict[int, InstitutionLicence]:
    """The licences of several institutions on a day, by subject, in one query; none for none."""
    wanted = list(subject_ids)
    if not wanted:
        return {}
    with acting_as_system(_REASON):
        rows = InstitutionLicence.objects.as_of(on).filter(subject_id__in=wanted)
        return {row.subject_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class Named:
    """What an institution is called from a day on."""

    since: date
    name: str


def names_of(subject_ids: Iterable[int]) -> dict[int, list[Named]]:
    """The names these institutions bore by today's knowledge, by subject, oldest first, in one query; none for none."""
    wanted = list(subject_ids)
    found: dict[int, list[Named]] = {}
    if not wanted:
        return found
    with acting_as_system(_REASON):
        rows = InstitutionLicence.objects.current().filter(subject_id__in=wanted).order_by("valid_from")
        for subject_id, since, name in rows.values_list("subject_id", "valid_from", "name"):
            known = found.setdefault(subject_id, [])
            if not known or known[-1].name != name:
                known.append(Named(since, name))
    return found


def authority_of(subject_id: int, on: date) -> int | None:
    """Scope id of the authority that registers the institution on ``on``; nothing where it has no licence."""
    licence = licence_on(subject_id, on)
    return None if licence is None else licence.authority_scope


def name_of(subject_id: int | None, on: date) -> str:
    """The registered name on a day; empty where there is none."""
    licence = licence_on(subject_id, on) if subject_id is not None else None
    return "" if licence is None else licence.name


def named(name: str, on: date) -> InstitutionLicence | None:
    """The institution once registered under exactly this name or number, as it stands on ``on``."""
    wanted = name.strip()
    return NAMED.ask((wanted, on), lambda: _named(wanted, on)) if wanted else None


NAMED: Memory[tuple[str, date], InstitutionLicence | None] = Memory("yizheng_licences_named")
"""For work on many applications, which name the same few institutions again and again."""


def _named(wanted: str, on: date) -> InstitutionLicence | None:
    number = wanted.replace("-", "").upper()
    with acting_as_system(_REASON):
        known = InstitutionLicence.objects.current().filter(Q(name=wanted) | Q(registration_number=number))
        subject_id = known.order_by("-valid_from").values_list("subject_id", flat=True).first()
    return None if subject_id is None else licence_on(subject_id, on)


def choices(on: date, most: int) -> list[tuple[int, str]]:
    """Institutions where a doctor may practise on ``on``: subject and name, by name; none if more than ``most``."""
    with acting_as_system(_REASON):
        standing = InstitutionLicence.objects.as_of(on).filter(status__in=PRACTISING).order_by("name")
        found = list(standing.values_list("subject_id", "name")[: most + 1])
        return found if len(found) <= most else []


PRACTISING = ("active", "filed")
"""Statuses of a licence under which an institution practises."""
