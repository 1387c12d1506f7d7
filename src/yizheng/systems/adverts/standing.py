"""How an institution's licence stands as far as its adverts rest on it, read live from the register of institutions.

Of an advert the first six items are those of the licence (医疗广告管理办法 第六条); while the licence does not allow practice, or its
verification is deferred or overdue, nothing may be advertised (校验办法 第二十四条; 医疗广告管理办法 第十九条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.codes import name_of, table
from yizheng.systems.adverts.models import AdvertApproval
from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import FurtherName, InstitutionLicence
from yizheng.systems.institutions.record.held import Held

ENDED = frozenset({"deregistered", "revoked", "filing_cancelled", "closed_temp", "suspended_penalty"})
"""Under these an advert is taken back the same day; under others that bar practice it is put to the authority."""
TCM_CATEGORIES = ("A2", "A3", "A4", "D12", "D13", "D14", "D212", "D213", "D214")
"""Chinese, integrated and ethnic medicine: reviewed by the administration of Chinese medicine (中医药法 第十九条)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item of an approved advert that is not that of the licence any more."""

    label: str
    approved: str
    licensed: str


def in_words(licence: InstitutionLicence, on: date) -> AdvertLicence:
    """The licence as the screening measures by it."""
    others = [each.name for each in Held(licence.subject_id, on).of(FurtherName)]
    return AdvertLicence(
        name=licence.name,
        other_names=tuple(others),
        address=licence.address,
        ownership=name_of("ownership_form", licence.ownership) if licence.ownership else "",
        category=name_of("institution_category", licence.category),
        subjects=tuple(name_of("clinical_subject", code) for code in licence.subjects),
        beds=licence.beds,
    )


def is_tcm(category: str) -> bool:
    """Whether the administration of Chinese medicine reviews the adverts of such an institution."""
    return category.startswith(TCM_CATEGORIES)


def may_advertise(licence: InstitutionLicence | None) -> str:
    """Why nothing may be advertised now, in Chinese; empty where it may."""
    if licence is None:
        return "没有登记"
    return "" if licence.status in licences.PRACTISING else table("institution_status")[licence.status].name


def differences(advert: AdvertApproval, licence: InstitutionLicence) -> Iterator[Difference]:
    """Which of the first six items the licence says otherwise now; an advert may name fewer subjects."""
    pairs = (
        ("医疗机构第一名称", advert.first_name, licence.name),
        ("地址", advert.address, licence.address),
        ("所有制形式", name_of("ownership_form", advert.ownership), name_of("ownership_form", licence.ownership)),
        (
            "机构类别",
            name_of("institution_category", advert.category),
            name_of("institution_category", licence.category),
        ),
        ("床位数", str(advert.beds), str(licence.beds)),
    )
    yield from (Difference(label, approved, now) for label, approved, now in pairs if approved != now)
    gone = [code for code in advert.subjects if code not in licence.subjects]
    if gone:
        yield Difference("诊疗科目", "、".join(name_of("clinical_subject", code) for code in gone), "已不在登记之内")
