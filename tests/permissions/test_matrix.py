"""Who may open which address, and who may do what to a case: docs/permissions.md; `YIZHENG_REWRITE_BASELINE=1` writes it anew."""

import itertools
import os
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.controls import unnamed
from tests.disclosure.conftest import house as public_house
from tests.docs.pages import DOCS
from tests.permissions.routes import routes
from tests.population import Cast, Population
from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.disclosure.publishing import publish
from yizheng.documents.models import Attachment
from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Shape
from yizheng.licensing.lifecycle import TABLES
from yizheng.licensing.models import Case, Proposal
from yizheng.licensing.verbs.permits import moves_of
from yizheng.people.models import Account, Grant, GrantProposal, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.work.models import Approval, Job, Notice

PAGE = DOCS / "permissions.md"
PEOPLE = {
    "": "访客", "herself": "本人", "applicant": "他人", "institution": "机构经办", "another_institution": "其他机构",
    "infection_nurse": "感控填报", "infection_officer": "感染监测", "editor": "网站编辑",
    "acceptor": "受理", "reviewer": "审核", "decider": "决定", "other_district_clerk": "外区办件", "city_clerk": "市级办件",
    "inspector": "监督", "analyst": "分析", "engineer": "运维", "system_admin": "系统管理", "security_admin": "安全管理",
    "audit_admin": "审计管理",
}  # fmt: skip
"""Whom the matrix asks for: two persons, two institutions, a district's desk and those beside it."""
STAFF = [name for name in PEOPLE if name not in ("", "herself")]
CELLS = {200: "可", 302: "转", 304: "可", 400: "缺", 401: "登录", 403: "—", 404: "—", 405: "交", 422: "缺"}
_visitors = itertools.count()  # public pages answer one address so often
_read: set[tuple[str, int]] = set()
SHAPES = {Shape.LICENCE: "许可", Shape.FILING: "备案", Shape.AUTHORITY_ACT: "依职权"}
HEAD = """# 权限对照表

本页由 `tests/permissions/test_matrix.py` 用示例人员逐一访问得出，测试按它核对；改了权限，用 `YIZHENG_REWRITE_BASELINE=1` 重写。

## 地址

“可”表示打开；“转”表示转到本人的页面；“登录”表示转到登录页；“交”表示只接受提交，提交时另查权限；“缺”表示须带参数；“—”表示没有权限，或者对其不存在。
本人是办件的申请人；机构经办所在机构是其拟执业机构；受理、审核、决定属于主管的区。
"""
ACTS = """
## 办件

每一种办件在每一种状态下，谁可以办理哪些动作。办结以后没有动作。

"""


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, Account]:
    found = {name: request.getfixturevalue(name) for name in STAFF}
    return {name: each.operator if isinstance(each, Place) else each for name, each in found.items()}


@pytest.fixture
def population(
    people: dict[str, Account], haidian: Scope, institution: Place, another_institution: Place
) -> Population:
    publish("institution", [public_house()])
    clerks = people["acceptor"], people["reviewer"], people["decider"]
    grown = Population(Cast(haidian, institution, another_institution, *clerks, [*people.values()]))
    grown.grow(1)
    return grown


def objects(population: Population, people: dict[str, Account]) -> dict[str, Any]:
    """An object for every part of an address that varies; 0 where there is none."""
    with acting_as_system("test"):
        proposal, attachment = Proposal.objects.get(), Attachment.objects.earliest("pk")
        licence = InstitutionLicence.objects.current().get(subject_id=population.cast.house.subject.pk)
    doctor, house = population.doctor, population.cast.house
    return {
        "number": population.case.number, "subject_id": doctor.subject.pk, "pk": 0, ":int": 0, ":str": "x", ":slug": "x",
        ":uuid": "0b7c1c1e-0000-4000-8000-000000000001",
        "intake/number": 0, "public/notices/number": 0, "content/number": 0, "attachments/pk": attachment.pk,
        "institutions/subject_id": house.subject.pk, "change_id": doctor.changes["widened"].pk,
        "account_id": people["applicant"].pk, "grant_id": Grant.objects.earliest("pk").pk, "act": "suspend",
        "accounts/admin/grants/proposal_id": GrantProposal.objects.earliest("pk").pk,
        "accounts/admin/new/kind": "clerk", "job_id": Job.objects.get(account=people["reviewer"]).pk,
        "approval_id": Approval.objects.get().pk, "notice_id": Notice.objects.get(account=people["reviewer"]).pk,
        "proposals/pk": proposal.pk, "kind": "resident_id", "field": "person.id_number", "material": "photo",
        "item_code": "doctor_multi_institution_filing", "register": "doctors", "address": "base.x.css",
        "intake/templates/code": "qualification", "exchange/code": "credit", "year": 2026, "lists/code": "worklist",
        "rules/values/code": "institution_level", "day": "2026-01-01", "payload": "x",
        "problems/pk": population.problem.pk, "problems/subject_id": house.subject.pk, "problems/register": "institutions",
        "problems/table": "institutions_licence", "version": licence.pk,
        "public/doctors/token": PublicPractitioner.objects.earliest("pk").token,
        "public/institutions/token": PublicInstitution.objects.earliest("pk").token,
    }  # fmt: skip


def answered(client: Client, address: str) -> str:
    """The word of the matrix for what the address answers; whatever page it is, each of its controls has a name."""
    answer = client.get(address, REMOTE_ADDR=f"10.1.{next(_visitors) // 250}.{next(_visitors) % 250}")
    content = answer.getvalue() if answer.streaming else answer.content
    if "text/html" in answer.get("Content-Type", "") and (address, len(content)) not in _read:
        _read.add((address, len(content)))
        assert unnamed(content.decode()) == [], address
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/sign-in/"):
        return "登录"
    return CELLS[answer.status_code]


def addresses(population: Population, people: dict[str, Account]) -> str:
    """The table of addresses."""
    known = objects(population, people)
    clients = [Client() if name == "" else sign_in(Client(), people[name]) for name in PEOPLE]
    lines = [f"| 地址 | {' | '.join(PEOPLE.values())} |", f"|---|{'---|' * len(PEOPLE)}"]
    for route in routes():
        if route.pattern not in ("healthz", "readyz"):
            cells = (answered(client, route.at(known)) for client in clients)
            lines.append(f"| `{route.told}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def acts(population: Population, people: dict[str, Account]) -> str:
    """The table of shapes, states and verbs, asked of everybody with a case in every state."""
    everybody = [(PEOPLE[name], people[name]) for name in PEOPLE if name]
    lines = ["| 办件 | 状态 | 动作与可以办理的人 |", "|---|---|---|"]
    case = population.case
    for shape, table in TABLES.items():
        of_shape = [item for item in items(timezone.localdate()) if item.shape is shape]
        case.item_code = max(of_shape, key=lambda item: (item.extendable, item.code)).code
        for state in table:
            case.state = state
            told = _told([(title, account) for title, account in everybody], case)
            lines.append(f"| {SHAPES[shape]} | {state.label} | {told} |")
    return "\n".join(lines) + "\n"


def _told(everybody: list[tuple[str, Account]], case: Case) -> str:
    may: dict[str, list[str]] = {}
    for title, account in everybody:
        with acting_as(account):
            for move in moves_of(account, case):
                may.setdefault(move.title, []).append(title)
    return "；".join(f"{move}（{'、'.join(who)}）" for move, who in may.items())


@pytest.mark.django_db
def test_everybody_may_do_what_the_page_says_and_nothing_else(
    population: Population, people: dict[str, Account]
) -> None:
    herself = population.case.applicant
    assert herself is not None
    people["herself"] = herself
    found = HEAD + "\n" + addresses(population, people) + ACTS + acts(population, people)
    if os.environ.get("YIZHENG_REWRITE_BASELINE"):
        PAGE.write_text(found, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8").splitlines() == found.splitlines()
