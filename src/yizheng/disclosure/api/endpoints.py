"""The endpoints: the same questions as on the public pages, under the same rules and the same limits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query

from yizheng.disclosure import keys, lookup
from yizheng.disclosure.allowances import LOOKUPS, NUMBERS, Limit, policy, take
from yizheng.disclosure.api.answers import certificate_out, doctors_out
from yizheng.disclosure.api.problems import handle
from yizheng.disclosure.api.schemas import (
    CertificateOut,
    DoctorsOut,
    DoctorsQuestion,
    ProblemOut,
    QualificationNumberIn,
)
from yizheng.documents import verdicts

DESCRIPTION = (
    "面向公众的查询接口。依据《中华人民共和国医师法》第二十一条提供医师注册信息查询；核验电子证照。"
    "查到与查不到返回同样的结构；同一来源地址每分钟限 30 次（短时最多 60 次），按资格证书编码查询每分钟限 6 次。"
)

api = NinjaAPI(
    title="医政公示接口",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace="public_api",
    docs_url="/docs",
    openapi_url="/openapi.json",
)
handle(api)

_DOCTORS = {200: DoctorsOut, 422: ProblemOut, 429: ProblemOut}
_CERTIFICATES = {200: CertificateOut, 429: ProblemOut}


@api.get(
    "/v1/public/doctors",
    response=_DOCTORS,
    summary="查询医师执业注册",
    tags=["公示"],
    operation_id="find_doctors",
)
def find_doctors(
    request: HttpRequest, response: HttpResponse, question: Query[DoctorsQuestion]
) -> DoctorsOut:
    """姓名与机构两项都要；或者只用执业证书编码。不提供名单浏览，最多返回 20 条。"""
    _unkept(response, LOOKUPS)
    take(request, LOOKUPS)
    if question.practice_number:
        return doctors_out(request, lookup.by_practice_number(question.practice_number))
    return doctors_out(request, lookup.by_name(question.name, question.institution))


@api.post(
    "/v1/public/doctors/by-qualification-number",
    response=_DOCTORS,
    summary="按医师资格证书编码查询",
    tags=["公示"],
    operation_id="find_doctor_by_qualification_number",
)
def find_by_qualification_number(
    request: HttpRequest, response: HttpResponse, question: QualificationNumberIn
) -> DoctorsOut:
    """资格证书编码含身份证件号码，只能放在请求正文中；每次查询都有审计记录，返回内容与其他查询相同。"""
    _unkept(response, NUMBERS)
    take(request, NUMBERS)
    return doctors_out(request, lookup.by_qualification_number(question.qualification_number))


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
