"""Qualifications and their certificates: giving one, printing it, making it again, and which certificate belongs to which.

医师法 第十二条. The number of a qualification contains the identity number: it is kept in the vault and printed, and the
certificate itself is filed under a serial without any personal number.
"""

from datetime import date
from typing import Any

from yizheng.documents import certificates, numbers, sealing
from yizheng.documents.authorities import authority
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word

KIND = "qualification"
EXTRACT = "qualification_extract"


def issuer(scope: int) -> str:
    """What the authority of this scope is called on a certificate."""
    return authority(Scope.objects.get(pk=scope).code).name


def holder(qualification: Qualification, identity: PersonIdentity | None = None) -> dict[str, str]:
    """Who holds it as it is printed; what old data do not say is taken from the identity."""
    born = qualification.holder_birth_date or (None if identity is None else identity.birth_date)
    sex = qualification.holder_sex or ("" if identity is None else identity.sex)
    return {
        "name": qualification.holder_name,
        "sex": sex_word(sex),
        "birth_date": "" if born is None else born.isoformat(),
    }


def printed(
    qualification: Qualification, held: Held, *, identity_number: str, number: str, serial: str, office: int, photo: str
) -> dict[str, Any]:
    """The printed fields of a qualification certificate."""
    return {
        "number": serial,
        "issuer": issuer(office),
        **holder(qualification, held.identity),
        "identity_number": identity_number,
        "qualification_number": number,
        "level": name_of("practice_level", qualification.level),
        "category": name_of("practice_category", qualification.category),
        "qualified_on": qualification.qualified_on.isoformat(),
        **studies(qualification, held),
        **({"photo": photo} if photo else {}),
    }


def studies(qualification: Qualification, held: Held) -> dict[str, str]:
    """The printed studies: those of the qualification data, what they do not say from the education declared."""
    declared = held.educations[0] if held.educations else None
    level = qualification.holder_education or (declared.level if declared else "")
    said = {
        "education": name_of("education_level", level) if level else "",
        "school": qualification.holder_school or (declared.school if declared else ""),
        "major": qualification.holder_major or (declared.major if declared else ""),
    }
    return {name: text for name, text in said.items() if text}


def new_serial(on: date, subject_id: int, change_id: int) -> str:
    """The serial a certificate is filed under: 资 with the year and six digits, never used again."""
    taken = numbers.allocate(
        "qualification_certificate", f"{on:%Y}", given_to=f"subject:{subject_id}", change_id=change_id
    )
    return f"资{on:%Y}{taken:06d}"


def certificate_of(qualification: Qualification) -> tuple[Certificate, dict[str, Any]] | None:
    """The certificate in force of this qualification with what it prints; nothing where the platform never printed one.

    Call it as the system.
    """
    wanted = (name_of("practice_level", qualification.level), name_of("practice_category", qualification.category))
    found = Certificate.objects.all().filter(subject_id=qualification.subject_id, kind=KIND, status=Status.VALID)
    opened = ((each, dict(sealing.unseal(each)[0])) for each in found.order_by("number"))
    return next(((each, said) for each, said in opened if (said["level"], said["category"]) == wanted), None)


def renew(certificate: Certificate, fields: dict[str, Any], change: ChangeInProgress, on: date) -> None:
    """A new version of the certificate with these fields."""
    certificates.issue(
        certificates.Draft(KIND, certificate.subject_id, certificate.authority_scope, fields, on, change.id)
    )
