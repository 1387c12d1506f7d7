"""Doctors as the search of the top bar finds them: the first of what the register's own search finds."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.people.models import Account
from yizheng.shell.searching import Hit, declare
from yizheng.shell.searching.sources import MOST
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.pages.access import READERS
from yizheng.systems.doctors.pages.finding import find
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity


def find_doctors(account: Account, text: str) -> list[Hit]:
    """Doctors by name, pinyin, initials, practice number or institution."""
    today = timezone.localdate()
    subjects = find(account, text, "", "").subjects[:MOST]
    names = dict(
        PersonIdentity.objects.visible_to(account)
        .as_of(today)
        .filter(subject_id__in=subjects)
        .values_list("subject_id", "name")
    )
    standing = {
        each.subject_id: each
        for each in Registration.objects.visible_to(account).as_of(today).filter(subject_id__in=subjects)
    }
    houses = licences.licences_on(
        [each.institution_id for each in standing.values() if each.institution_id], today
    )
    return [
        Hit(
            names.get(subject, "（未载姓名）"),
            _about(standing.get(subject), houses),
            reverse("doctors:doctor", args=[subject]),
        )
        for subject in subjects
    ]


def _about(registration: Registration | None, houses: dict[int, InstitutionLicence]) -> str:
    if registration is None:
        return "现在没有执业注册"
    house = houses.get(registration.institution_id or 0)
    level = name_of("practice_level", registration.level)
    return f"{level}　{registration.practice_number}　{house.name if house else ''}"


declare("医师", find_doctors, READERS)
