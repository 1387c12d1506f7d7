"""What the register of adverts tells others: approvals to the credit platform, every decision to the market regulator.

医疗广告管理办法 第十二条: the organ of market supervision gets a copy within five working days. 广告法 第四十七条.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q

from yizheng.documents.models import Certificate
from yizheng.exchange.channels.declaring import Channel, Draft, MessageKind
from yizheng.exchange.channels.running import declare_running
from yizheng.exchange.credit.sources import Party, Printed, Source, declare
from yizheng.exchange.ecertificates import types as ecertificates
from yizheng.kernel.codes import name_of
from yizheng.systems.adverts.approving import CERTIFICATE
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval, AdvertSample
from yizheng.systems.adverts.models.approval import STATUSES
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.interfaces import codes_of, institution_of, party_of

DECISION = "advert_decision"


def _party(certificate: Certificate, printed: Printed, on: date) -> Party:
    """The institution under the name of its legal entity, which may not be the first name the advert prints."""
    return party_of(certificate.subject_id, on)


def _content(certificate: Certificate, printed: Printed) -> str:
    return f"同意{printed['name']}在{printed['media']}发布经审查的医疗广告样件"


def _term(certificate: Certificate, printed: Printed) -> tuple[date, date]:
    approval = AdvertApproval.objects.current().filter(number=certificate.number, line=APPROVAL).first()
    return (approval.term_from, approval.term_to) if approval else (certificate.issued_on, certificate.issued_on)


declare(Source(CERTIFICATE.code, "医疗广告", _party, _content, _term, numbered_itself=True))

ecertificates.declare(
    ecertificates.Holder((CERTIFICATE.code,), lambda changes: set(), lambda subjects: {}, codes_of, institution_of)
)


def _collect(changes: Sequence[int]) -> Iterable[Draft]:
    touched = AdvertApproval.objects.current().filter(opened__in=changes, line=APPROVAL)
    return _drafts(touched.order_by("subject_id", "valid_from"))


def _again(numbers: Sequence[str]) -> Iterable[Draft]:
    return _drafts(AdvertApproval.objects.current().filter(number__in=numbers, line=APPROVAL).order_by("valid_from"))


def _every(days: tuple[date, date]) -> Iterable[str]:
    told = AdvertApproval.objects.current().filter(Q(term_from__range=days), line=APPROVAL)
    return list(told.values_list("number", flat=True).distinct())


def _drafts(approvals: Iterable[AdvertApproval]) -> Iterator[Draft]:
    """The newest version of each approval with the digests of its samples."""
    newest = {each.number: each for each in approvals}
    samples: dict[int, list[dict[str, str]]] = {}
    for each in (
        AdvertSample.objects.current()
        .filter(subject_id__in=[one.subject_id for one in newest.values()])
        .order_by("line")
    ):
        samples.setdefault(each.subject_id, []).append({"title": each.title, "sha256": each.digest})
    for number, approval in newest.items():
        licence = licences.licence_on(approval.institution_id, approval.term_from)
        payload = {
            "number": number, "institution": approval.first_name, "uscc": licence.uscc if licence else "",
            "media": [name_of("advert_media", code) for code in approval.media], "valid_from": approval.term_from.isoformat(),
            "valid_to": approval.term_to.isoformat(), "status": STATUSES[approval.status], "reason": approval.reason,
            "changed_on": approval.valid_from.isoformat(), "samples": samples.get(approval.subject_id, []),
            "address": f"{settings.PUBLIC_BASE}/public/adverts/",
        }  # fmt: skip
        yield Draft(
            DECISION, number, payload, approval.subject_id, approval.authority_scope, cause=f"change:{approval.opened}"
        )


SAMPLE = {
    "number": "（京）医广〔2026〕第03-02-01号", "institution": "北京样例医院", "valid_from": "2026-03-02", "valid_to": "2027-03-01",
    "status": "有效",
}  # fmt: skip
MARKET_REGULATOR = declare_running(
    Channel(
        "market_regulator",
        "医疗广告审查抄送",
        "market-regulator",
        "医疗广告审查决定五个工作日内抄送市场监督管理部门（医疗广告管理办法 第十二条）",
        (MessageKind(DECISION, "医疗广告审查决定", "审查证明文号", SAMPLE),),
        collect=_collect,
        again=_again,
        every=_every,
        batch=100,
    )
)
