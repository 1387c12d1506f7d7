"""The endpoints: the same questions as on the public pages, under the same rules and the same limits."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query

from yizheng.disclosure import keys, lookup
from yizheng.disclosure.allowances import LOOKUPS, NUMBERS, Limit, policy, take
from yizheng.disclosure.api.problems import PublicInterface, handle
from yizheng.disclosure.api.schemas import (
    CertificateOut,
    PlaceOut,
    PractitionerOut,
    PractitionersOut,
    PractitionersQuestion,
    ProblemOut,
    QualificationNumberIn,
    ScopeOut,
)
from yizheng.disclosure.keys import public_number
from yizheng.disclosure.lookup import Found
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import PracticePlace
from yizheng.disclosure.sources import PeopleSource, of_people
from yizheng.disclosure.verdicts import verdict_on
from yizheng.documents.verifying import verdicts
from yizheng.documents.verifying.verdicts import Verdict


def practitioners_out(request: HttpRequest, found: Found) -> PractitionersOut:
    """The answer to a question about people of a register."""
    results = [_practitioner_out(request, entry) for entry in found.entries]
    return PractitionersOut(count=len(results), more=found.more, results=results)


def certificate_out(verdict: Verdict) -> CertificateOut:
    """The answer to a question about a certificate."""
    answer, document = CertificateOut(verdict=verdict.answer.value, sentence=verdict.sentence), verdict.document
    if document is not None:
        answer.title, answer.issuer, answer.issued_on = document.title, document.issuer, document.issued_on
        answer.version, answer.status, answer.ended_on = document.edition, document.status_word, document.ended_on
    return answer


def _practitioner_out(request: HttpRequest, entry: PublicPractitioner) -> PractitionerOut:
    today = timezone.localdate()
    verdict = verdict_on(entry, today)
    return PractitionerOut(
        name=entry.name,
        sex=entry.sex,
        level=entry.level,
        category=entry.category,
        scopes=[ScopeOut(name=scope.name, added=scope.added) for scope in entry.scopes],
        place=entry.place,
        main_institution=_place_out(entry.main) if entry.main else None,
        other_institutions=[_place_out(place) for place in entry.others if today < place.until],
        authority=entry.authority,
        practice_number=public_number(entry.practice_number),
        first_registered=entry.first_registered,
        status=verdict.words.long,
        may_practise=verdict.may_practise,
        valid_until=verdict.until,
        verdict=verdict.words.verdict,
        link=request.build_absolute_uri(reverse(f"disclosure:{entry.register}", args=[entry.token])),
    )


def _place_out(place: PracticePlace) -> PlaceOut:
    return PlaceOut(name=place.name, since=place.since, until=place.last_day)


DESCRIPTION = (
    "面向公众的查询接口。依据《中华人民共和国医师法》第二十一条、《中华人民共和国行政许可法》第四十条提供医师、护士执业注册查询；核验电子证照。"
    "查到与查不到返回同样的结构；同一来源地址每分钟限 30 次（短时最多 60 次），按资格证书编码查询每分钟限 6 次。"
)

api = PublicInterface(
    title="医政公示接口",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace="public_api",
    docs_url="/docs",
    openapi_url="/openapi.json",
)
handle(api)

_PEOPLE = {200: PractitionersOut, 400: ProblemOut, 422: ProblemOut, 429: ProblemOut}
_CERTIFICATES = {200: CertificateOut, 400: ProblemOut, 429: ProblemOut}


def _find(source: PeopleSource) -> None:
    """The question about people of a register, by name and institution or by practice number."""
    slug, code, title = source.lookup.slug, source.register.code, source.register.title

    @api.get(
        f"/v1/public/{slug}",
        response=_PEOPLE,
        summary=f"查询{title}执业注册",
        description=f"姓名与机构两项都要；或者只用{source.number}（{source.lookup.digits} 位）。不提供名单浏览，最多返回 20 条。",
        tags=["公示"],
        operation_id=f"find_{slug}",
    )
    def find(request: HttpRequest, response: HttpResponse, question: Query[PractitionersQuestion]) -> PractitionersOut:
        _unkept(response, LOOKUPS)
        take(request, LOOKUPS)
        if question.practice_number:
            return practitioners_out(request, lookup.by_practice_number(source, question.practice_number))
        return practitioners_out(request, lookup.by_name(code, question.name, question.institution))


def _find_by_qualification_number(source: PeopleSource) -> None:
    """The question about the holder of a number that only the vault resolves."""
    slug, code = source.lookup.slug, source.register.code

    @api.post(
        f"/v1/public/{slug}/by-qualification-number",
        response=_PEOPLE,
        summary=f"按{source.hidden}查询",
        description="资格证书编码含身份证件号码，只能放在请求正文中；每次查询都有审计记录，返回内容与其他查询相同。",
        tags=["公示"],
        operation_id=f"find_{code}_by_qualification_number",
    )
    def find(request: HttpRequest, response: HttpResponse, question: QualificationNumberIn) -> PractitionersOut:
        _unkept(response, NUMBERS)
        take(request, NUMBERS)
        found = lookup.by_qualification_number(code, question.qualification_number)
        return practitioners_out(request, found)


for each in of_people():
    _find(each)
    if each.hidden:
        _find_by_qualification_number(each)


@api.get(
    "/v1/public/certificates/{code}",
    response=_CERTIFICATES,
    summary="核验电子证照",
    tags=["核验"],
    operation_id="check_certificate",
)
def check_certificate(request: HttpRequest, response: HttpResponse, code: str) -> CertificateOut:
    """证照上印的核验码，或二维码中的内容。查不到时同样返回 200，结论为 unknown。"""
    _unkept(response, LOOKUPS)
    take(request, LOOKUPS)
    if len(code) > keys.LONGEST_CODE:
        return certificate_out(verdicts.check(code[: keys.LONGEST_PAYLOAD]))
    return certificate_out(verdicts.check_code(code))


def _unkept(response: HttpResponse, limit: Limit) -> None:
    response["Cache-Control"] = "private, no-store"
    name, words = policy(limit)
    response[name] = words
