"""Every error of the interface in one shape (RFC 9457, ``application/problem+json``), in Chinese, without internals."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from yizheng.disclosure.allowances import LOOKUPS, NUMBERS, TooMany, headers_of, policy
from yizheng.disclosure.keys import Unusable

TITLES = {
    400: "请求不能处理",
    404: "没有这个地址",
    405: "不支持这种请求方法",
    422: "参数不符合要求",
    429: "查询过于频繁",
}


KIND = "application/problem+json"


class PublicInterface(NinjaAPI):
    """The interface whose schema says of every fault that it comes as a problem."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The schema, faults under their own media type."""
        schema = super().get_openapi_schema(**kwargs)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {KIND: answer["content"].popitem()[1]}
        return schema


def problem(status: int, detail: str, field: str | None = None) -> HttpResponse:
    """An answer that says what is wrong and what to do."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, "field": field}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = KIND
    response["Cache-Control"] = "private, no-store"
    return response


def handle(api: NinjaAPI) -> None:
    """Have the interface answer its faults as problems."""
    api.add_exception_handler(Unusable, _unusable)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(TooMany, _too_many)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, lambda request, fault: problem(404, "请核对地址。"))


def _unusable(request: HttpRequest, fault: Any) -> HttpResponse:
    return _told(request, problem(422, fault.message, fault.field))


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    names = [str(error["loc"][-1]) for error in fault.errors]
    words = f"参数 {'、'.join(names)} 缺少或格式不对，见接口说明 /api/docs。"
    return _told(request, problem(422, words, names[0] if names else None))


def _too_many(request: HttpRequest, fault: Any) -> HttpResponse:
    response = problem(429, f"请在 {fault.retry_after} 秒后再试。")
    for name, words in headers_of(fault):
        response[name] = words
    return response


def _http_error(request: HttpRequest, fault: Any) -> HttpResponse:
    status = fault.status_code if fault.status_code in TITLES else 400
    return _told(request, problem(status, "请求不是合法的 JSON 或参数不完整，见接口说明 /api/docs。"))


def _told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The problem with the allowance of the endpoint, as every answer has it."""
    name, words = policy(NUMBERS if request.path.endswith("/by-qualification-number") else LOOKUPS)
    response[name] = words
    return response
