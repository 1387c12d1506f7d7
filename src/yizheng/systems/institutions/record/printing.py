"""执业许可证、备案凭证: what an institution holds, printed from its record (细则 第二十八条、第三十条).

The duplicate holds as rows what the paper one holds in its pages: places, subjects with their remarks, changes, verifications, remarks.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from yizheng.documents import certificates, sealing
from yizheng.documents.authorities import authority
from yizheng.documents.certificates import Draft
from yizheng.documents.declarations import CertificateKind, Printed, declare
from yizheng.documents.models import Certificate, Ending, MadeFor, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeInProgress
from yizheng.registry.fields import Declared
from yizheng.systems.institutions.models import (
    DuplicateRemark,
    FiledTechnology,
    FurtherName,
    InstitutionLicence,
    PracticePlace,
)
from yizheng.systems.institutions.models.parties import LEGAL_REPRESENTATIVE, PRINCIPAL
from yizheng.systems.institutions.models.remarks import TECHNIQUES
from yizheng.systems.institutions.models.verification import CONCLUSIONS
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.verification.clock import Regime

_NAME, _ADDRESS = Printed("name", "机构名称"), Printed("address", "地址")
_TERM = Printed("term", "有效期限")
_MAIN = (
    _NAME, _ADDRESS, Printed("legal", "法定代表人"), Printed("principal", "主要负责人"), Printed("subjects", "诊疗科目"), _TERM,
)  # fmt: skip
_MORE = (
    Printed("other_names", "其他名称", optional=True), Printed("category", "机构类别"),
    Printed("ownership", "所有制形式", optional=True), Printed("business_nature", "经营性质"),
    Printed("service_objects", "服务对象", optional=True), Printed("service_modes", "服务方式", optional=True),
    Printed("beds", "床位（牙椅）"), Printed("capital", "注册资金（资本）", optional=True),
)  # fmt: skip
NUMBERED = {"pictured": False, "number_label": "登记号"}
ORIGINAL = CertificateKind("institution_licence", "医疗机构执业许可证", _MAIN, (), **NUMBERED)  # type: ignore[arg-type]
DUPLICATE = CertificateKind(
    "institution_licence_duplicate",
    "医疗机构执业许可证（副本）",
    _MAIN,
    _MORE,
    **NUMBERED,  # type: ignore[arg-type]
)
_FILED = (
    _NAME, Printed("category", "机构类别"), _ADDRESS, Printed("legal", "法定代表人"), Printed("principal", "主要负责人"),
    Printed("subjects", "诊疗科目"), Printed("techniques", "诊疗技术", optional=True),
    Printed("service_modes", "服务方式", optional=True), Printed("filed_on", "备案日期"),
)  # fmt: skip
_FILING: dict[str, Any] = {"pictured": False, "number_label": "备案编号"}
FILED: Mapping[str, CertificateKind] = {
    Regime.CLINIC_FILED: CertificateKind("clinic_filing", "诊所备案凭证", _FILED, (), **_FILING),
    Regime.TCM_CLINIC_FILED: CertificateKind("tcm_clinic_filing", "中医诊所备案证", _FILED, (), **_FILING),
}
"""What a clinic leaves with: no term, and no duplicate."""
declare(ORIGINAL, DUPLICATE, *FILED.values())
KINDS = (ORIGINAL.code, DUPLICATE.code, *(kind.code for kind in FILED.values()))


def words(licence: InstitutionLicence, name: str) -> str:
    """A field of the licence as a person reads it."""
    column: Any = InstitutionLicence._meta.get_field(name)  # noqa: SLF001  # Django's documented way to the columns
    assert isinstance(column, Declared)
    return column.words(licence)


def printed(held: Held, office: Scope) -> dict[str, Any]:
    """The fields of the original; the duplicate adds to them."""
    licence = held.licence
    assert licence is not None
    parties = held.named
    return {
        "number": licence.known_as,
        "issuer": authority(office.code).name,
        "name": licence.name,
        "address": licence.address,
        "legal": parties[LEGAL_REPRESENTATIVE] or "—",
        "principal": parties[PRINCIPAL] or "—",
        "subjects": "；".join(_subject(held, code) for code in licence.subjects) or "—",
        "term": _term(licence),
    }


def _term(licence: InstitutionLicence) -> str:
    return f"{_day(licence.term_from)}至{_day(licence.term_to)}" if licence.term_to else "—"


def _day(day: date | None) -> str:
    return "—" if day is None else long_date(day)


def printed_filing(held: Held, office: Scope) -> dict[str, Any]:
    """The fields of the certificate of a filing."""
    licence = held.licence
    assert licence is not None
    fields = {**printed(held, office), "category": words(licence, "category"), "filed_on": _day(licence.issued_on)}
    del fields["term"]
    techniques = next((each.text for each in held.of(DuplicateRemark) if each.kind == TECHNIQUES), "")
    optional = {"techniques": techniques, "service_modes": words(licence, "service_modes")}
    return {**fields, **{name: said for name, said in optional.items() if said}}


def printed_duplicate(held: Held, office: Scope, changes: list[list[str]]) -> dict[str, Any]:
    """The fields of the duplicate, its pages as rows."""
    licence = held.licence
    assert licence is not None
    names = "；".join(each.name for each in held.of(FurtherName))
    remarks = [*(f"{name_of('restricted_technology', each.technology)}" for each in held.of(FiledTechnology))]
    remarks += [each.text for each in held.of(DuplicateRemark)]
    optional = {
        "other_names": names, "ownership": words(licence, "ownership"),
        "service_objects": words(licence, "service_objects"), "service_modes": words(licence, "service_modes"),
        "capital": f"{words(licence, 'capital')} 万元" if licence.capital is not None else "",
    }  # fmt: skip
    return {
        **printed(held, office),
        "category": words(licence, "category"),
        "business_nature": words(licence, "business_nature"),
        "beds": f"{licence.beds} 张（{licence.dental_chairs} 张）",
        **{name: said for name, said in optional.items() if said},
        "tables": list(_tables(held)),
        "changes": changes,
        **({"remarks": "；".join(remarks)} if remarks else {}),
    }


def _subject(held: Held, code: str) -> str:
    remark = next((each.remark for each in held.remarks.values() if each.clinical_subject == code), "")
    name = name_of("clinical_subject", code)
    return f"{name}（{remark}）" if remark else name


def _tables(held: Held) -> Iterator[dict[str, Any]]:
    places: list[PracticePlace] = list(held.places.values())
    if len(places) > 1:
        rows = [
            [each.title, each.address, str(each.beds), "；".join(name_of("clinical_subject", c) for c in each.subjects)]
            for each in places
        ]
        yield {"title": "执业地点", "head": ["院区", "地址", "床位", "诊疗科目"], "rows": rows}
    if held.verifications:
        rows = [
            [f"{each.period_from} 至 {each.period_to}", CONCLUSIONS[each.conclusion], str(each.happened_on)]
            for each in held.verifications
        ]
        yield {"title": "校验记录", "head": ["校验期", "结论", "日期"], "rows": rows}


def certify(change: ChangeInProgress, subject_id: int, on: date, office: Scope, *, changed: str = "") -> Certificate:
    """Issue what the institution holds as its record stands within the change: original and duplicate, or that of a filing.

    What ``changed`` is entered in the rows of changes, behind those of the version in force. Returns the original.
    """
    change.flush()
    held = Held(subject_id, on)
    assert held.licence is not None
    filed = FILED.get(held.licence.kind)
    with acting_as_system("制发医疗机构证照"):
        former = in_force(subject_id).get(DUPLICATE.code if filed is None else filed.code)
        rows = list(sealing.unseal(former)[0].get("changes", [])) if former is not None else []
        rows += [[changed, str(on), authority(office.code).name]] if changed else []
        if filed is not None:
            made = {filed: {**printed_filing(held, office), "changes": rows}}
        else:
            made = {ORIGINAL: printed(held, office), DUPLICATE: printed_duplicate(held, office, rows)}
        drafts = [Draft(kind.code, subject_id, office.pk, said, on, change.id) for kind, said in made.items()]
        return certificates.issue_together(drafts)[0]


def in_force(subject_id: int) -> dict[str, Certificate]:
    """What the institution holds, by kind; call it as the system."""
    found = Certificate.objects.all().filter(subject_id=subject_id, kind__in=KINDS, status=Status.VALID)
    return {each.kind: each for each in found}


def reissue(change: ChangeInProgress, subject_id: int, on: date, reason: MadeFor) -> Certificate | None:
    """Original and duplicate once more, with the same number and contents; the original, nothing where none is in force."""
    with acting_as_system("补发医疗机构执业许可证"):
        made = {
            kind: certificates.reissue(each, reason=reason, on=on, change_id=change.id)
            for kind, each in in_force(subject_id).items()
        }
    return next((made[kind] for kind in KINDS if kind in made), None)


def revoke(change: ChangeInProgress, subject_id: int, on: date, ending: Ending) -> None:
    """End original and duplicate."""
    with acting_as_system("收回医疗机构执业许可证"):
        for each in in_force(subject_id).values():
            certificates.revoke(each, ending=ending, on=on, change_id=change.id)
