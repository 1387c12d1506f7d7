"""样件审看: the samples of a case played and shown beside the findings; an approved advert's own; their files.

A file is opened by who sees the case or the advert; opening is recorded, each part of it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.documents.attachments import RefusedFile, store
from yizheng.documents.pages.serving import served
from yizheng.kernel.file_store import MissingFile
from yizheng.kernel.qr_codes import drawn
from yizheng.licensing.cases import examining
from yizheng.licensing.cases.examining import Examination
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import permits
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.shell.desk import display
from yizheng.shell.desk.access import case_for, office_only, signed_in
from yizheng.shell.navigation import set_about
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval, AdvertSample, PublicAdvert
from yizheng.systems.adverts.models.approval import sample_line
from yizheng.systems.adverts.pages import viewing
from yizheng.systems.adverts.pages.public import address
from yizheng.systems.adverts.review.difference import difference_of_pictures
from yizheng.systems.adverts.review.exceptions import may_propose
from yizheng.systems.adverts.review.filing import Filing
from yizheng.systems.adverts.review.former import former_samples
from yizheng.systems.adverts.review.items import Review


@require_safe
@office_only
def case_samples(request: HttpRequest, number: str) -> HttpResponse:
    """One sample of a case at a time."""
    account = signed_in(request)
    case = _case(account, number)
    set_about(request, [case.item.system])
    examination = examining.examine(case, timezone.localdate())
    filing = viewing.filing_of(case, examination)
    samples = viewing.samples_of(case, filing, examination.on)
    asked = request.GET.get("sample", "")
    current = next((each for each in samples if str(each.number) == asked), samples[0] if samples else None)
    context: dict[str, Any] = {
        "case": case,
        "samples": samples,
        "current": current,
        "objection": filing.objection,
        "next": request.get_full_path(),
        "may_spare": may_propose(held_by(account)),
        **(_findings(account, case, examination, current.number) if current else {}),
    }
    return render(request, "adverts/case_samples.html", context)


def _findings(account: Account, case: Case, examination: Examination, sample: int) -> dict[str, Any]:
    """Those about one sample."""
    may_dispose = case.is_open and bool(permits.parts(account, case) & set(permits.STAFF_ROLES))
    found = display.findings(case, examination, may_dispose=may_dispose, inside=account.is_office)
    beginning = f"样件{sample}"
    return {
        "open": [each for each in found.get("open", ()) if each["sentence"].startswith(beginning)],
        "disposed": [pair for pair in found.get("disposed", ()) if pair[0].message.startswith(beginning)],
        "settled": found.get("settled", ""),
        "may_dispose": may_dispose,
    }


@require_safe
@office_only
def case_file(request: HttpRequest, number: str, sample: int) -> HttpResponse:
    """The file of a sample of a case."""
    case = _case(signed_in(request), number)
    filing = _weighed(case)
    file = next((each for each in filing.files if each.number == sample), None)
    if file is None:
        raise Http404("这个样件没有文件")
    return _opened(request, file.digest, file.media_type, file.name, f"case:{case.pk}")


@require_safe
@office_only
def former_file(request: HttpRequest, number: str, sample: int) -> HttpResponse:
    """The file of the sample that was approved before."""
    case = _case(signed_in(request), number)
    filing = _weighed(case)
    former = former_samples(filing).get(sample)
    if former is None or not former.digest:
        raise Http404("原审查样件没有文件")
    return _opened(request, former.digest, former.file_type, former.file_name, f"case:{case.pk}")


@require_safe
@office_only
def difference(request: HttpRequest, number: str, sample: int) -> HttpResponse:
    """Where the picture of a sample differs from the one approved before."""
    case = _case(signed_in(request), number)
    filing = _weighed(case)
    former = former_samples(filing).get(sample)
    file = next((each for each in filing.files if each.number == sample), None)
    if former is None or file is None or not former.digest:
        raise Http404("没有可以比较的两张图片")
    try:
        picture = difference_of_pictures(_bytes(former.digest), _bytes(file.digest))
    except RefusedFile:
        raise Http404("没有可以比较的两张图片") from None
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "no-store, private"})


@require_safe
@office_only
def approved(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The samples of an approved advert."""
    account = signed_in(request)
    advert = _advert(account, subject_id)
    set_about(request, ["adverts"])
    samples = AdvertSample.objects.visible_to(account).current().filter(subject_id=subject_id)
    entry = PublicAdvert.objects.filter(subject=subject_id).first()
    context = {
        "advert": advert,
        "samples": viewing.approved_samples(advert, list(samples)),
        "code": drawn(address(entry)) if entry else None,
    }
    return render(request, "adverts/approved_samples.html", context)


@require_safe
@office_only
def approved_file(request: HttpRequest, subject_id: int, sample: int) -> HttpResponse:
    """The file of a sample as it was approved."""
    account = signed_in(request)
    _advert(account, subject_id)
    own = AdvertSample.objects.visible_to(account).current().filter(subject_id=subject_id)
    found = own.filter(line=sample_line(sample)).exclude(digest="").first()
    if found is None:
        raise Http404("这个样件没有文件")
    return _opened(request, found.digest, found.file_type, found.file_name, f"subject:{subject_id}")


def _case(account: Account, number: str) -> Case:
    """A case about an advert that the account sees."""
    case = case_for(account, number)
    if not isinstance(case.item, Review):
        raise Http404("这件办件没有广告样件")
    return case


def _weighed(case: Case) -> Filing:
    return viewing.filing_of(case, examining.examine(case, timezone.localdate()))


def _advert(account: Account, subject_id: int) -> AdvertApproval:
    seen = AdvertApproval.objects.visible_to(account).current().filter(subject_id=subject_id, line=APPROVAL)
    found: AdvertApproval | None = seen.order_by("-valid_from").first()
    if found is None:
        raise Http404("没有这件医疗广告，或者不在您的辖区和机构")
    return found


def _opened(request: HttpRequest, digest: str, media_type: str, name: str, about: str) -> HttpResponse:
    audit.record(signed_in(request), "adverts.open_sample", about, {"digest": digest})
    return served(request, _bytes(digest), media_type, name)


def _bytes(digest: str) -> bytes:
    try:
        return store().read(digest)
    except MissingFile:
        raise Http404("文件不在存储中，请联系运维人员") from None
