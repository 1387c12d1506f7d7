"""What every part of the cast may open and do at every address: asked of the program, written as `docs/permissions.md`.

Addresses come from the URL configuration and lists from their declarations, so a new one appears by itself. A GET is
asked plainly, a POST without content and taken back; what counts is whether the page lets the person in.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import sign_in
from yizheng.licensing.item import Shape
from yizheng.licensing.lifecycle import TABLES, Actor
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.tables import declared

PAGE = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"

WHO = {
    "visitor": "访客", "applicant": "本人", "another_applicant": "他人", "institution_operator": "本机构",
    "other_institution_operator": "外机构", "acceptor": "受理", "reviewer": "审核", "decider": "决定",
    "other_district_clerk": "外区", "city_clerk": "市级", "inspector": "监督", "analyst": "分析", "engineer": "运维",
    "system_admin": "系统", "security_admin": "安全", "audit_admin": "审计",
}  # fmt: skip
OF_A_CASE = (
    "desk/cases/<str:number>/",
    "my/cases/<str:number>/",
    "my/cases/<str:number>/form/",
    "attachments/<int:pk>",
)
"""The addresses that are asked in every state of a case."""

PARTS = {
    Actor.APPLICANT: "申请人", Actor.INSTITUTION: "机构确认人", Actor.ACCEPTOR: "受理", Actor.REVIEWER: "审核",
    Actor.DECIDER: "决定", Actor.SYSTEM: "系统到期自动",
}  # fmt: skip
SHAPES = {Shape.LICENCE: "许可", Shape.FILING: "备案", Shape.AUTHORITY_ACT: "依职权"}

_HEAD = """# 权限矩阵

每个地址对每种人开放到什么程度。这一页由程序生成：地址取自 URL 配置，清单取自其声明，人取自测试的角色表；
`tests/test_permissions.py` 逐格询问程序，与这一页不符即失败。改动权限后重新生成，并逐行核对差异：

```sh
YIZHENG_REWRITE_BASELINE=1 ./yizheng test tests/test_permissions.py
```

“读”是能打开（GET），“写”是能提交（POST，是否办成另由状态与内容决定），“转”是引到本人自己的页面，“登”是先要登录，空格是没有权限
（403、404 或者 405）。海淀区的受理、审核、决定、监督，朝阳区的外区人员，市级人员；本人是所列办件和文书的当事人，他人与之无关。
所列对象都在海淀区。
"""

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_address = itertools.count(1)


def routes() -> list[str]:
    """Every address of the site, as the URL configuration writes it, lists once for print and export."""
    found = []
    for route in _walk(get_resolver()):
        if route.startswith("lists/"):
            found += [route.replace("<slug:code>", table.code) for table in declared()]
        else:
            found.append(route)
    return list(dict.fromkeys(found))


def _walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from _walk(entry, route)


def address(route: str, things: Mapping[str, Any]) -> str:
    """The address of the things made for the test; the longest beginning that is listed gives the values."""
    longest = max((each for each in things if route.startswith(each)), key=len, default="")

    def value(match: re.Match[str]) -> str:
        given = things[longest]
        return str(given[match[1]] if isinstance(given, dict) else given)

    return "/" + _PARAMETER.sub(value, route)


def cells(account: Account | None, things: Mapping[str, Any]) -> dict[str, str]:
    """What this person gets at every address."""
    return {route: asked(account, address(route, things)) for route in routes()}


def cells_in_states(account: Account | None, case: Case, things: Mapping[str, Any]) -> dict[str, str]:
    """What this person gets of one case in every state."""
    found = {}
    for state in CaseState:
        with acting_as_system("test"):
            Case.objects.filter(pk=case.pk).update(state=state)
        for route in OF_A_CASE:
            found[f"{state.label} {route}"] = _read(_ask(account, address(route, things), "get"))
    return found


def asked(account: Account | None, place: str) -> str:
    """Reading and writing in one word."""
    read, wrote = _read(_ask(account, place, "get")), _ask(account, place, "post")
    if (
        read in ("", "读")
        and wrote.status_code in {200, 201, 204, 302, 400, 409, 422, 429}
        and not _to_sign_in(wrote)
    ):
        return read + "写"
    return read


def _ask(account: Account | None, place: str, how: str) -> HttpResponse:
    """The answer; whatever it wrote is taken back."""
    client = Client()
    number = next(_address)
    with transaction.atomic():
        if account is not None:
            sign_in(client, account)
        answer: HttpResponse = getattr(client, how)(
            place, REMOTE_ADDR=f"10.{number % 199}.{number // 199 % 250}.7"
        )
        if answer.streaming:
            answer.close()
        transaction.set_rollback(True)
    return answer


def _read(answer: HttpResponse) -> str:
    if answer.status_code in (301, 302):
        return "登" if _to_sign_in(answer) else "转"
    return "读" if answer.status_code in (200, 204, 304, 422, 503) else ""


def _to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/sign-in")


Matrix = dict[str, dict[str, str]]
"""For every row (an address, or a state and an address) what every person gets."""


def written(addresses: Matrix, states: Matrix) -> str:
    """The page."""
    return "\n".join(
        [
            _HEAD,
            "## 地址",
            "",
            *_table("地址", addresses),
            "",
            "## 办件的各个状态",
            "",
            "同一件办件在每个状态下，办件页、本人的办件页、填报页和所附文件对谁打开。",
            "",
            *_table("状态与地址", states),
            "",
            "## 各状态下的动作",
            "",
            "取自 `src/yizheng/licensing/lifecycle.py`；表中没有的动作，任何人都办不成。",
            "",
            *_verbs(),
            "",
        ]
    )


def _table(title: str, rows: Matrix) -> list[str]:
    return [
        f"| {title} | {' | '.join(WHO.values())} |",
        f"|---|{'---|' * len(WHO)}",
        *(f"| `{row}` | {' | '.join(cell[who] for who in WHO)} |" for row, cell in rows.items()),
    ]


def _verbs() -> list[str]:
    lines = ["| 类别 | 状态 | 动作 | 谁 | 到 |", "|---|---|---|---|---|"]
    for shape, table in TABLES.items():
        for state, moves in table.items():
            lines += [
                f"| {SHAPES[shape]} | {state.label} | {move.title} | {PARTS[move.who]} | {CaseState(move.to).label} |"
                for move in moves
            ]
    return lines


def kept() -> Matrix:
    """Both tables as the page says them."""
    found: Matrix = {}
    for line in PAGE.read_text("utf-8").splitlines() if PAGE.exists() else []:
        if line.startswith("| `"):
            row, *cell = (part.strip() for part in line.strip("|").split("|"))
            found[row.strip("`")] = dict(zip(WHO, cell, strict=True))
    return found
