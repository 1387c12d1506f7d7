"""The endpoints: the same questions as on the public pages, under the same rules and the same limits."""

from django.http import HttpRequest, HttpResponse
from ninja import Query

from yizheng.disclosure import keys, lookup
from yizheng.disclosure.allowances import LOOKUPS, NUMBERS, Limit, policy, take
from yizheng.disclosure.api.answers import certificate_out, practitioners_out
from yizheng.disclosure.api.problems import PublicInterface, handle
from yizheng.disclosure.api.schemas import (
    CertificateOut,
    PractitionersOut,
    PractitionersQuestion,
    ProblemOut,
    QualificationNumberIn,
)
from yizheng.disclosure.sources import PeopleSource, of_people
from yizheng.documents.verifying import verdicts

DESCRIPTION = (
    "面向公众的查询接口。依据《中华人民共和国医师法》第二十一条提供医师注册信息查询；核验电子证照。"
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
