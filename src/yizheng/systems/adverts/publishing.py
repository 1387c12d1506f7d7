"""公示: the public list of approved adverts, made anew from the facts in the transaction that changes them (广告法 第四十七条)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from yizheng.documents.attachments import kind_of
from yizheng.documents.authorities import authority
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.writer.rows import replace_many
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval, AdvertSample, PublicAdvert
from yizheng.systems.adverts.models.approval import VALID
from yizheng.systems.adverts.standing import may_advertise
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence

PAUSED = "paused"
"""How the public list calls an approval whose institution may not advertise now; the register has no such status."""


def refresh(subjects: Iterable[int]) -> int:
    """Make the public entries of these adverts anew; returns how many there are."""
    ids = sorted(set(subjects))
    if not ids:
        return 0
    with transaction.atomic(), acting_as_system("公示医疗广告"):
        rows = list(_rows(ids))
        PublicAdvert.objects.filter(subject__in=set(ids) - {row.subject for row in rows}).delete()
        replace_many(rows, ("subject",), kept=("token",))
    return len(rows)


def _rows(ids: list[int]) -> Iterator[PublicAdvert]:
    now, today = timezone.now(), timezone.localdate()
    offices = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    adverts = AdvertApproval.objects.as_of(today).filter(subject_id__in=ids, line=APPROVAL)
    samples: dict[int, list[AdvertSample]] = {}
    for each in AdvertSample.objects.as_of(today).filter(subject_id__in=ids).order_by("line"):
        samples.setdefault(each.subject_id, []).append(each)
    licensed = licences.licences_on({advert.institution_id for advert in adverts}, today)
    for advert in adverts:
        licence = licensed.get(advert.institution_id)
        status, reason = as_shown(advert, licence)
        yield PublicAdvert(
            subject=advert.subject_id, number=advert.number, institution=advert.first_name,
            institution_subject=advert.institution_id, organ=authority(offices[advert.authority_scope]).name,
            media="、".join(name_of("advert_media", code) for code in advert.media),
            district=name_of("district", licence.district) if licence else "", term_from=advert.term_from,
            term_to=advert.term_to, status=status, reason=reason, content=_content(advert),
            samples=[_sample(each) for each in samples.get(advert.subject_id, [])] if status == VALID else [],
            refreshed=now,
        )  # fmt: skip


def as_shown(advert: AdvertApproval, licence: InstitutionLicence | None) -> tuple[str, str]:
    """How the public sees that an approval stands: while its institution may not advertise, it is paused."""
    hindrance = may_advertise(licence) if advert.status == VALID else ""
    return (PAUSED, f"医疗机构现为“{hindrance}”") if hindrance else (advert.status, advert.reason)


def _content(advert: AdvertApproval) -> list[tuple[str, str]]:
    return [
        ("第一名称", advert.first_name),
        ("地址", advert.address),
        ("所有制形式", name_of("ownership_form", advert.ownership) if advert.ownership else "—"),
        ("机构类别", name_of("institution_category", advert.category)),
        ("诊疗科目", "；".join(name_of("clinical_subject", code) for code in advert.subjects)),
        ("床位数", f"{advert.beds} 张"),
        ("接诊时间", advert.hours),
        ("联系电话", advert.telephone),
    ]


def _sample(sample: AdvertSample) -> dict[str, Any]:
    number = int(sample.line.partition(":")[2])
    return {
        "number": number, "title": sample.title, "medium": name_of("advert_media", sample.medium), "words": sample.words,
        "duration": sample.duration, "place": sample.place, "digest": sample.digest, "file_type": sample.file_type,
        "kind": kind_of(sample.file_type) if sample.digest else "",
    }  # fmt: skip
