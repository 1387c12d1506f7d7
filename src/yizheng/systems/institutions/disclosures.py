"""What the public may know of institutions: the licence as it hangs on the wall (医疗机构管理条例 第二十五条).

Never the numbers of persons, telephones, proofs of capital; an institution in preparation has no entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.sources import Source, register_source
from yizheng.documents.authorities import authority
from yizheng.kernel.codes import name_of
from yizheng.kernel.names import fold_name
from yizheng.people.models import Scope
from yizheng.systems.institutions.models import (
    DuplicateRemark,
    FiledTechnology,
    FilingCheck,
    FurtherName,
    InstitutionContact,
    InstitutionLicence,
    InstitutionNumber,
    InstitutionParty,
    InstitutionPenalty,
    InternetService,
    PracticePlace,
    SubjectRemark,
    Verification,
    VerificationPeriod,
)
from yizheng.systems.institutions.models.filings import CHECK_STATES
from yizheng.systems.institutions.models.internet import FORMS
from yizheng.systems.institutions.models.parties import LEGAL_REPRESENTATIVE, PRINCIPAL, ROLES
from yizheng.systems.institutions.models.remarks import REMARK_KINDS
from yizheng.systems.institutions.models.verification import CONCLUSIONS
from yizheng.systems.institutions.record.printing import words
from yizheng.systems.institutions.register import INSTITUTIONS

UNLISTED = ("preparing",)
BESIDE: tuple[type[Any], ...] = (
    FurtherName, InstitutionNumber, InstitutionParty, PracticePlace, SubjectRemark, Verification, VerificationPeriod,
    DuplicateRemark, FiledTechnology, FilingCheck, InternetService, InstitutionPenalty,
)  # fmt: skip
TOLD = ("level", "business_nature", "ownership", "address", "service_objects", "service_modes")


def subjects() -> Iterator[int]:
    """Every institution that has a licence."""
    found = InstitutionLicence.objects.current().order_by("subject_id")
    yield from found.values_list("subject_id", flat=True).distinct()


def records(ids: Sequence[int]) -> Iterable[PublicInstitution]:
    """The public records of these institutions, in a query for each kind of fact."""
    today = timezone.localdate()
    offices = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    beside: defaultdict[int, list[Any]] = defaultdict(list)
    for kind in BESIDE:
        for each in kind.objects.as_of(today).filter(subject_id__in=ids).order_by("line", "valid_from"):
            beside[each.subject_id].append(each)
    said: dict[int, InstitutionContact] = {}
    for told in InstitutionContact.objects.filter(subject_id__in=ids).order_by("id"):
        said[told.subject_id] = told
    standing = InstitutionLicence.objects.as_of(today).filter(subject_id__in=ids).exclude(status__in=UNLISTED)
    for row in standing:
        state = row.standing
        penalties = [each for each in beside[row.subject_id] if isinstance(each, InstitutionPenalty)]
        shown = [(each, last) for each in penalties if (last := each.last_day_shown) and today <= last]
        yield PublicInstitution(
            subject=row.subject_id,
            name=row.name,
            name_key=fold_name(row.name),
            number=row.known_as,
            category=name_of("institution_category", row.category),
            category_code=row.category,
            status=row.status,
            numbers=_numbers(row, beside[row.subject_id]),
            district=name_of("district", row.district),
            district_code=row.district,
            authority=authority(offices[row.authority_scope]).name,
            in_force=row.may_practise,
            state=state.state,
            state_detail=state.detail,
            valid_from=row.valid_from,
            subject_codes=sorted({code.split(".")[0] for code in row.subjects} | set(row.subjects)),
            stored_notes=[
                [label, words]
                for label, words in (*_notes(row, beside[row.subject_id]), *_own_words(said.get(row.subject_id)))
                if words
            ],
            stored_subjects=_subjects(row, beside[row.subject_id]),
            stored_penalties=[
                _penalty(*each) for each in sorted(shown, key=lambda each: each[0].decided_on, reverse=True)
            ],
            penalised_until=max((last for _, last in shown), default=None),
        )


def _notes(row: InstitutionLicence, beside: list[Any]) -> Iterator[tuple[str, str]]:
    """Label and words of what the licence and its duplicate say, in the order of the page."""
    labels = {field.name: str(field.verbose_name) for field in InstitutionLicence.typed_fields()}
    yield "登记备案类型", words(row, "kind")
    yield "其他名称", "；".join(each.name for each in beside if isinstance(each, FurtherName))
    for role in (LEGAL_REPRESENTATIVE, PRINCIPAL):
        yield ROLES[role], "、".join(e.name for e in beside if isinstance(e, InstitutionParty) and e.role == role)
    for name in TOLD:
        yield labels[name], words(row, name)
    yield "床位", f"{row.beds} 张" if row.beds else ""
    places = [each for each in beside if isinstance(each, PracticePlace)]
    yield "执业地点", "；".join(f"{each.title}：{each.address}" for each in places) if len(places) > 1 else ""
    yield "许可证有效期", f"{row.term_from} 至 {row.term_to}" if row.term_to else ""
    yield from _beside(beside)
    verified = [each for each in beside if isinstance(each, Verification)]
    yield "最近校验", f"{verified[-1].happened_on}　{CONCLUSIONS[verified[-1].conclusion]}" if verified else ""
    for each in beside:
        if isinstance(each, VerificationPeriod):
            yield "下次校验", str(each.due_on)
            yield "暂缓校验至", str(each.deferred_to) if each.deferred_to else ""


def _own_words(told: InstitutionContact | None) -> Iterator[tuple[str, str]]:
    """What the institution says of itself."""
    for name in ("phone", "hours", "website", "transport") if told else ():
        yield str(InstitutionContact._meta.get_field(name).verbose_name), getattr(told, name)  # type: ignore[union-attr]  # noqa: SLF001


def _numbers(row: InstitutionLicence, beside: list[Any]) -> list[str]:
    """Every number it is found by: those it bears, those it bore, and those of merged duplicates."""
    borne = [each.number for each in beside if isinstance(each, InstitutionNumber)]
    return sorted({number for number in (row.registration_number, row.filing_number, row.uscc, *borne) if number})


def _beside(beside: list[Any]) -> Iterator[tuple[str, str]]:
    """What was remarked, filed and visited."""
    for each in beside:
        match each:
            case DuplicateRemark():
                yield REMARK_KINDS.get(each.kind, ""), each.text
            case InternetService():
                offered = "、".join(name_of("clinical_subject", code) for code in each.subjects)
                yield "互联网诊疗", "　".join(filter(None, (FORMS[each.form], each.platform, each.partner, offered)))
            case FilingCheck() if each.visited_on:
                yield "备案后核查", f"{each.visited_on}　{CHECK_STATES[each.state]}"
    filed = [name_of("restricted_technology", each.technology) for each in beside if isinstance(each, FiledTechnology)]
    yield "限制类医疗技术", "；".join(filed)


def _penalty(penalty: InstitutionPenalty, last: date) -> list[str]:
    """One decision as the page reads it: its last day is empty while it is shown without end."""
    sums = (
        (f"{label} {each:,.2f} 元") for label, each in (("罚款", penalty.amount), ("没收", penalty.confiscated)) if each
    )
    kinds = "、".join(name_of("institution_penalty_kind", code) for code in penalty.kinds)
    what = "；".join((kinds, *sums))
    return [
        penalty.decided_on.isoformat(), penalty.authority_name, penalty.document_number, what, penalty.behaviour,
        penalty.basis, "" if last == date.max else last.isoformat(),
    ]  # fmt: skip


def _subjects(row: InstitutionLicence, beside: list[Any]) -> list[list[str]]:
    remarks = {each.clinical_subject: each.remark for each in beside if isinstance(each, SubjectRemark)}
    return [[name_of("clinical_subject", code), remarks.get(code, "")] for code in sorted(row.subjects)]


register_source(
    Source(INSTITUTIONS, PublicInstitution, subjects, records, in_force="有效", objection="institutions:objection")
)
