"""What the certificates of doctors print (医师法 第十三条), and those of the register beside the practice certificates.

港澳医师短期行医规定 第八条, 外国医师短期行医办法 第十条、第十二条, 中医药法 第十五条, 乡村医生从业管理条例 第十三条;
their numbers are of their own series.
"""

from datetime import date
from typing import Any

from yizheng.documents.declarations import CertificateKind, Printed, declare
from yizheng.documents.declarations import certificate_kind as declared_kind
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.amending import in_force
from yizheng.systems.practitioners.certificates import printed, printed_anew, unsealed
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import place_name


def certificate_kind(level: str) -> str:
    """The kind of certificate a level is given."""
    return "assistant_practice" if level == ASSISTANT else "doctor_practice"


def scope_words(registration: Registration) -> str:
    """The scopes in their order."""
    return "；".join(name_of("practice_scope", code) for code in registration.scopes)


def certificate_fields(
    registration: Registration,
    identity: PersonIdentity,
    office: Scope,
    *,
    institution: str,
    identity_number: str,
    qualification_number: str,
) -> dict[str, Any]:
    """The printed fields of a registration as it stands."""
    return printed(
        declared_kind(certificate_kind(registration.level)), registration, identity, office,
        number=registration.practice_number, identity_number=identity_number, qualification_number=qualification_number,
        scope=scope_words(registration), place=place_name(registration.place), institution=institution,
    )  # fmt: skip


class NoCertificateError(LookupError):
    """The registration has no certificate in force to renew."""


def renewed_fields(
    registration: Registration,
    identity: PersonIdentity | None,
    on: date,
    *,
    changed: str,
    office: Scope,
    institution: str,
    **altered: Any,
) -> dict[str, Any]:
    """The printed fields of the version in force, brought up to date, with the change entered.

    Raises NoCertificateError where no certificate is in force.
    """
    former = next(iter(in_force([registration])), None)
    if former is None:
        raise NoCertificateError(registration.practice_number)
    now = {"scope": scope_words(registration), "place": place_name(registration.place), "institution": institution}
    if identity is not None:
        now |= {"name": identity.name} | ({"photo": identity.photo} if identity.photo else {})
    return printed_anew(unsealed(former), on, changed, office, **{**now, **altered})


_PERSON = (Printed("name", "姓名"), Printed("sex", "性别"), Printed("identity_number", "证件号码"))
_REGISTERED = (Printed("name", "姓名"), Printed("sex", "性别"), Printed("practice_number", "执业证书编码"))
_TEAM = (Printed("name", "团体名称"), Printed("country", "来自国家（地区）"), Printed("leader", "负责人"))
_DAYS = (Printed("valid_from", "有效期自"), Printed("valid_until", "有效期至"))
_CATEGORY, _SCOPE = Printed("category", "执业类别"), Printed("scope", "执业范围")
_PRACTICE = (_CATEGORY, _SCOPE, Printed("institution", "执业机构"))

declare(
    CertificateKind("hk_macau_short", "港澳医师短期行医执业证书", _PERSON, (*_PRACTICE, *_DAYS)),
    CertificateKind("taiwan_short", "台湾医师短期行医执业证书", _PERSON, (*_PRACTICE, *_DAYS)),
    CertificateKind(
        "foreign_short", "外国医师短期行医许可证", (*_PERSON, Printed("nationality", "国籍")),
        (Printed("work", "诊疗项目"), Printed("institution", "邀请、聘用单位"), *_DAYS),
    ),
    CertificateKind(
        "foreign_team", "外国医疗团体短期行医许可证", _TEAM,
        (Printed("work", "目的和诊疗项目"), Printed("institution", "邀请单位"), Printed("members", "成员"), *_DAYS),
    ),
    CertificateKind(
        "rural_doctor", "乡村医生执业证书", _PERSON,
        (Printed("institution", "村医疗卫生机构"), Printed("services", "服务内容", optional=True), *_DAYS),
    ),
    CertificateKind(
        "tcm_specialist_practice", "中医（专长）医师执业证书",
        (*_PERSON, Printed("qualification_number", "资格证书编码", optional=True)),
        (_CATEGORY, _SCOPE, Printed("place", "执业地点"), Printed("institution", "主要执业机构")),
    ),
    CertificateKind(
        "radiation_worker", "放射工作人员证", _REGISTERED,
        (
            Printed("work", "放射工作类别"), Printed("institution", "工作单位"), Printed("valid_from", "发证日期"),
            Printed("retraining_due", "应复训日期"),
        ),
    ),
)  # fmt: skip
