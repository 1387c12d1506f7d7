"""Writing an approval and its end: the facts, the number, the certificate (医疗广告管理办法 第九条、第十三条、第十九条)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.documents import certificates, numbers
from yizheng.documents.authorities import authority
from yizheng.documents.declarations import CertificateKind, Printed
from yizheng.documents.declarations import declare as declare_kind
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import Answers
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to, organisation_of
from yizheng.people.searching.search import index_name
from yizheng.registry import SubjectKind
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval, AdvertSample
from yizheng.systems.adverts.models.approval import REVOKED, VALID, sample_line
from yizheng.systems.adverts.numbers import HEALTH, TCM, last_day, make_number
from yizheng.systems.adverts.review.files import SampleFile
from yizheng.systems.adverts.review.steps import subject_codes
from yizheng.systems.adverts.standing import is_tcm

CERTIFICATE = CertificateKind(
    "advert_review", "医疗广告审查证明", (Printed("name", "医疗机构第一名称"), Printed("address", "医疗机构地址")),
    (
        Printed("ownership", "所有制形式"), Printed("category", "医疗机构类别"), Printed("subjects", "诊疗科目"),
        Printed("beds", "床位数"), Printed("hours", "接诊时间"), Printed("telephone", "联系电话"),
        Printed("media", "广告发布媒体类别"), Printed("samples", "成品样件"), Printed("term", "有效期"),
    ),
    pictured=False, number_label="审查证明文号",
)  # fmt: skip
declare_kind(CERTIFICATE)
SERIES = "advert_review"


def approve(
    change: ChangeInProgress,
    answers: Answers,
    institution: int,
    office: Scope,
    on: date,
    files: Mapping[int, SampleFile],
) -> tuple[AdvertApproval, dict[str, Any]]:
    """A new advert with its number and samples; the values its certificate prints. ``files`` are those of the samples, by number.

    Call it as the system, inside the deciding change.
    """
    said = answers["content"]
    subject = change.subject(SubjectKind.ADVERT)
    organ = TCM if is_tcm(said["category"]) else HEALTH
    serial = numbers.allocate(SERIES, f"{organ}{on:%Y}", given_to=f"subject:{subject.pk}", change_id=change.id)
    values = {
        "number": make_number(organ, on, serial), "institution": institution, "first_name": said["name"], "organ": organ,
        "media": list(said["media_kinds"]), "address": said["address"], "ownership": said["ownership"], "category": said["category"],
        "subjects": subject_codes(said["subjects"])[0], "beds": said["beds"], "hours": said["hours"],
        "telephone": said["telephone"], "term_from": on, "term_to": last_day(on), "status": VALID, "reason": "",
    }  # fmt: skip
    version = change.state(AdvertApproval, subject, APPROVAL, values, valid_from=on, authority_scope=office.pk)
    for at, row in enumerate(answers["samples"]["samples"], 1):
        file = files.get(at)
        sample = {
            "title": row["title"], "medium": row["medium"], "words": row["words"], "duration": row.get("duration"),
            "place": row.get("place") or "", "file_name": file.name if file else "", "file_type": file.media_type if file else "",
            "digest": file.digest if file else "",
        }  # fmt: skip
        change.state(AdvertSample, subject, sample_line(at), sample, valid_from=on, authority_scope=office.pk)
    index_name(subject.pk, values["number"], [office.pk], person=False)
    seen_by = organisation_of(institution)
    if seen_by is not None:
        open_to(subject.pk, seen_by.pk, f"change:{change.id}")
    return version, printed(values, answers["samples"]["samples"], authority(office.code).name)


def printed(values: Mapping[str, Any], samples: Any, issuer: str) -> dict[str, Any]:
    """The printed fields of the certificate."""
    return {
        "number": values["number"], "issuer": issuer, "name": values["first_name"], "address": values["address"],
        "ownership": name_of("ownership_form", values["ownership"]) if values["ownership"] else "—",
        "category": name_of("institution_category", values["category"]),
        "subjects": "；".join(name_of("clinical_subject", code) for code in values["subjects"]),
        "beds": f"{values['beds']} 张", "hours": values["hours"], "telephone": values["telephone"],
        "media": "、".join(name_of("advert_media", code) for code in values["media"]),
        "samples": "；".join(f"{at}．{row['title']}" for at, row in enumerate(samples, 1)),
        "term": f"{long_date(values['term_from'])}至{long_date(values['term_to'])}",
    }  # fmt: skip


def end(change: ChangeInProgress, advert: AdvertApproval, on: date, status: str, reason: str) -> None:
    """From the day the approval stands otherwise, and its certificate ends. Call it as the system."""
    values = {**advert.values(), "status": status, "reason": reason}
    change.state(
        AdvertApproval, advert.subject_id, APPROVAL, values, valid_from=max(on, advert.valid_from),
        authority_scope=advert.authority_scope,
    )  # fmt: skip
    with acting_as_system("收回医疗广告审查证明"):
        mine = Certificate.objects.all().filter(
            subject_id=advert.institution_id, kind=CERTIFICATE.code, number=advert.number, status=Status.VALID
        )
        for each in mine:
            ending = Ending.ANNULLED if status == REVOKED else Ending.CANCELLED
            certificates.revoke(each, ending=ending, on=on, change_id=change.id)
