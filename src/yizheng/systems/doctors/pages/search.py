"""医师登记: doctors as a search of one's jurisdiction or institution shows them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.kernel.masking import mask_practice_number
from yizheng.people.finding import StaffRegister
from yizheng.people.models import Account
from yizheng.shell.searching.people import Column, Row, Searched, declare
from yizheng.shell.templatetags.writing import covered_practice_number, grouped
from yizheng.systems.doctors.certificates.practice import sex_word
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.pages.access import READERS
from yizheng.systems.doctors.pages.names import Names, names_for
from yizheng.systems.doctors.pages.wording import short_scope, standing
from yizheng.systems.doctors.reading.beyond import standing_on
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.searching import houses_named
from yizheng.systems.practitioners.models import PersonIdentity

STAFF = StaffRegister(Registration, houses_named, digits=15)


def found_rows(account: Account, subjects: Sequence[int]) -> list[Row]:
    """A row a person, in three queries whatever their number."""
    now = standing_on(subjects, timezone.localdate(), reader=account)
    names = names_for(now.registrations.values())
    return [
        _row(subject, now.identities.get(subject), now.registrations.get(subject), names, now.in_sight)
        for subject in subjects
        if subject in now.identities or subject in now.registrations
    ]


def _row(
    subject: int,
    identity: PersonIdentity | None,
    held: Registration | None,
    names: Names,
    own: frozenset[int],
) -> Row:
    words = standing(held)
    return {
        "subject": subject,
        "name": identity.name if identity else "（未载姓名）",
        "sex": sex_word(identity.sex) if identity else "",
        "born": identity.birth_date.year if identity else "",
        "level": name_of("practice_level", held.level) if held else "",
        "category": name_of("practice_category", held.category) if held else "",
        "number": held.practice_number if held else "",
        "covered": held is not None and held.pk not in own,
        "house": names.institution(held.institution_id) if held else "",
        "scopes": "；".join(short_scope(code) for code in held.scopes) if held else "",
        "state": words.state,
        "detail": words.detail,
    }


def _number(row: Row) -> str:
    return (covered_practice_number if row["covered"] else grouped)(row["number"])


def _about(row: Row) -> str:
    number = mask_practice_number(row["number"]) if row["covered"] else row["number"]
    return f"{row['level']}　{number}　{row['house']}" if row["level"] else "现在没有执业注册"


declare(
    Searched(
        DOCTORS,
        STAFF,
        found_rows,
        (
            Column(
                "级别　类别",
                lambda row: f"{row['level']}　{row['category']}" if row["level"] else "",
                "together",
                missing="没有执业注册",
            ),
            Column("执业证书编码", _number),
            Column("主要执业机构", lambda row: row["house"], "cut"),
            Column("执业范围", lambda row: row["scopes"], "cut dense"),
        ),
        about=_about,
        number="执业证书编码",
        example="110110108004217",
        list_code="doctors",
    ),
    READERS,
)
