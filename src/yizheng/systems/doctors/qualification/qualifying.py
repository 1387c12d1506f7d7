"""Qualifications and their certificates: giving one, printing it, making it again, and which certificate belongs to which.

医师法 第十二条. The number of a qualification contains the identity number: it is kept in the vault and printed, and the
certificate itself is filed under a serial without any personal number.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.documents import certificates, numbers, sealing
from yizheng.documents.authorities import authority
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import check_qualification_number
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word

KIND = "qualification"
EXTRACT = "qualification_extract"
SERIES = "qualification_certificate"
CORRECTABLE = ("姓名", "性别", "出生日期", "学历", "毕业学校", "专业", "身份证号", "证书编码")
"""The only eight fields of the qualification data that may be corrected."""


def enter_qualification(
    change: ChangeInProgress,
    subject_id: int,
    identity: PersonIdentity,
    *,
    level: str,
    category: str,
    way: str,
    number: str,
    qualified_on: date,
    on: date,
    office: Scope,
) -> Qualification:
    """A further qualification, known from ``on``, its number in the vault. Call it as the system."""
    values = {
        "level": level,
        "category": category,
        "qualified_on": qualified_on,
        "issuer": authority(office.code).name,
        "way": way,
        "holder_name": identity.name,
        "holder_sex": identity.sex,
        "holder_birth_date": identity.birth_date,
    }
    vault.store(subject_id, IdentifierKind.QUALIFICATION_NUMBER, number)
    where = change.next_line(Qualification, subject_id, line)
    return change.state(Qualification, subject_id, where, values, valid_from=on, authority_scope=office.pk)


def printed(
    qualification: Qualification,
    *,
    identity_number: str,
    number: str,
    education: Education | None,
    serial: str,
    issuer: str,
    photo: str = "",
    identity: PersonIdentity | None = None,
) -> dict[str, Any]:
    """The printed fields of a qualification certificate; what old data do not say is taken from the identity."""
    born = qualification.holder_birth_date or (None if identity is None else identity.birth_date)
    sex = qualification.holder_sex or ("" if identity is None else identity.sex)
    fields: dict[str, Any] = {
        "number": serial,
        "issuer": issuer,
        "name": qualification.holder_name,
        "sex": sex_word(sex),
        "birth_date": "" if born is None else born.isoformat(),
        "identity_number": identity_number,
        "qualification_number": number,
        "level": name_of("practice_level", qualification.level),
        "category": name_of("practice_category", qualification.category),
        "qualified_on": qualification.qualified_on.isoformat(),
    }
    fields |= studies(qualification, education)
    return fields | ({"photo": photo} if photo else {})


def studies(qualification: Qualification, education: Education | None) -> dict[str, str]:
    """The printed studies: those of the qualification data, what they do not say from the education declared."""
    level = qualification.holder_education or (education.level if education else "")
    said = {
        "education": name_of("education_level", level) if level else "",
        "school": qualification.holder_school or (education.school if education else ""),
        "major": qualification.holder_major or (education.major if education else ""),
    }
    return {name: text for name, text in said.items() if text}


def new_serial(on: date, subject_id: int, change_id: int | None = None) -> str:
    """The serial a certificate is filed under: 资 with the year and six digits, never used again."""
    taken = numbers.allocate(SERIES, f"{on:%Y}", given_to=f"subject:{subject_id}", change_id=change_id)
    return f"资{on:%Y}{taken:06d}"


def certificates_in_force(subject_id: int) -> list[tuple[Certificate, dict[str, Any]]]:
    """The person's qualification certificates in force with what they print; call it as the system."""
    found = Certificate.objects.all().filter(subject_id=subject_id, kind=KIND, status=Status.VALID)
    return [(each, dict(sealing.unseal(each)[0])) for each in found.order_by("number")]


def certificate_of(qualification: Qualification) -> tuple[Certificate, dict[str, Any]] | None:
    """The certificate in force of this qualification; nothing where the platform never printed one."""
    wanted = (name_of("practice_level", qualification.level), name_of("practice_category", qualification.category))
    found = certificates_in_force(qualification.subject_id)
    return next(((each, fields) for each, fields in found if (fields["level"], fields["category"]) == wanted), None)


def renew(certificate: Certificate, fields: dict[str, Any], change: ChangeInProgress, on: date) -> Certificate:
    """A new version of the certificate with these fields."""
    return certificates.issue(
        kind=KIND,
        subject_id=certificate.subject_id,
        authority_scope=certificate.authority_scope,
        fields=fields,
        issued_on=on,
        change_id=change.id,
    )


def number_of(qualification: Qualification, held: list[str]) -> str:
    """Which of the person's numbers is this qualification's; empty where none is."""
    for number in held:
        parts = check_qualification_number(number).parts
        if (parts.get("level"), parts.get("category")) == (qualification.level, qualification.category):
            return number
    return ""
