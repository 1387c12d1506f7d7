"""How many queries each page asks: the same however full its lists are, and as many as the baseline in git says.

`query_counts.json` is written anew only on purpose: `YIZHENG_REWRITE_BASELINE=1 pytest tests/test_query_counts.py`.
"""

import itertools
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.counting import counted
from tests.disclosure.conftest import house as public_house
from tests.population import PUBLIC, Cast, Population
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import publish
from yizheng.kernel.identifiers import make_qualification_number
from yizheng.people.models import Account, Scope

BASELINE = Path(__file__).with_name("query_counts.json")
FEW, MANY = 2, 20
MOST_OF_A_LIST = 8
DETAIL = frozenset({
    "desk case", "my case", "my form", "doctor", "doctor another day", "doctor one change", "institution",
    "institution, who may practise", "own institution", "problem", "my records", "my cases", "front of person", "search of the top bar",
})  # fmt: skip
"""Pages about one thing or one person, who is asked about by every item, and the search that asks every register at once; every
other page is a list or a front page."""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as one person asks for it; nobody is a visitor."""

    name: str
    who: Account | None
    address: str
    asked: dict[str, str] = field(default_factory=dict)
    posted: bool = False


ROLES = (
    "institution_operator", "acceptor", "reviewer", "decider", "city_clerk", "inspector", "analyst", "engineer",
    "system_admin", "security_admin", "audit_admin",
)  # fmt: skip


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, Account]:
    return {role: request.getfixturevalue(role) for role in ROLES}


@pytest.fixture
def population(
    people: dict[str, Account], haidian: Scope, institution: Place, another_institution: Place
) -> Population:
    publish("institution", [public_house()])
    return Population(
        Cast(
            haidian,
            institution,
            another_institution,
            people["acceptor"],
            people["reviewer"],
            people["decider"],
            list(people.values()),
        )
    )


def pages(population: Population, people: dict[str, Account]) -> list[Page]:
    """Every list page and the pages people live on, each by somebody who uses it."""
    return [
        *_front(population, people),
        *_desk(population, people),
        *_registers(population, people),
        *_own(population),
        *_administration(people),
        *_public(population.published_number),
    ]


def _front(population: Population, people: dict[str, Account]) -> list[Page]:
    everybody = {**people, "person": population.person}
    fronts = [Page(f"front of {role}", account, _front_address(account)) for role, account in everybody.items()]
    return [*fronts, *(Page(f"inbox of {role}", everybody[role], "/inbox/") for role in ("decider", "person"))]


def _front_address(account: Account) -> str:
    """Where the office leads this account."""
    address = "/office/"
    client = sign_in(Client(), account)
    while (answer := client.get(address)).status_code == 302:
        address = answer["Location"]
    return address


def _desk(population: Population, people: dict[str, Account]) -> list[Page]:
    reviewer, decider, operator = people["reviewer"], people["decider"], people["institution_operator"]
    case = population.case
    return [
        Page("worklist all", reviewer, "/desk/", {"view": "all"}),
        Page("worklist mine", reviewer, "/desk/", {"view": "mine"}),
        Page("worklist of an institution", operator, "/desk/"),
        Page("print list", reviewer, "/lists/worklist/print/"),
        Page("desk case", decider, f"/desk/cases/{case.number}/"),
        Page("search of the top bar", reviewer, "/search/", {"q": "林"}),
        Page("proposals", reviewer, "/proposals/"),
        Page("problems", reviewer, "/problems/"),
        Page("problem", reviewer, f"/problems/{population.problem.pk}/"),
    ]


def _registers(population: Population, people: dict[str, Account]) -> list[Page]:
    reviewer = people["reviewer"]
    doctor = f"/doctors/{population.doctor.subject.pk}/"
    house = f"/institutions/{population.cast.house.subject.pk}/"
    change = population.doctor.changes["widened"]
    return [
        Page("doctors", reviewer, "/doctors/"),
        Page("doctors by name", reviewer, "/doctors/", {"q": "林"}),
        Page("doctors of an institution", reviewer, "/doctors/", {"house": "海淀清河"}),
        Page("doctor", reviewer, doctor),
        Page("doctor another day", reviewer, doctor, {"day": "2021-06-01", "known": "then"}),
        Page("doctor one change", reviewer, doctor, {"change": str(change.pk)}),
        Page("passing list", reviewer, "/doctors/passing/", {"year": "2025", "category": "110"}),
        Page("institutions", reviewer, "/institutions/"),
        Page("institution", reviewer, house),
        Page("institution, who may practise", reviewer, f"{house}subjects/", {"subject": "03"}),
    ]


def _own(population: Population) -> list[Page]:
    applicant, drafter = population.case.applicant, population.draft.applicant
    return [
        Page("my cases", population.person, "/my/"),
        Page("my case", applicant, f"/my/cases/{population.case.number}/"),
        Page("my form", drafter, f"/my/cases/{population.draft.number}/form/"),
        Page("my records", population.person, "/my/records/"),
        Page("own institution", population.cast.house.operator, "/my/institution/"),
    ]


def _administration(people: dict[str, Account]) -> list[Page]:
    return [
        Page("jobs", people["engineer"], "/work/jobs/"),
        Page("own jobs", people["reviewer"], "/work/jobs/"),
        Page("approvals", people["decider"], "/work/approvals/"),
        Page("accounts", people["system_admin"], "/accounts/admin/"),
        Page("grants", people["security_admin"], "/accounts/admin/grants/"),
        Page("audit", people["audit_admin"], "/accounts/audit/"),
        Page("rules", people["system_admin"], "/rules/values/"),
        Page("calendar years", people["system_admin"], "/rules/calendar/"),
        Page("promises", people["decider"], "/rules/promises/"),
    ]


def _public(number: str) -> list[Page]:
    entry = PublicPractitioner.objects.get(subject=PUBLIC)
    unknown = make_qualification_number(2020, "11", "1", "clinical", "110108199003280328")
    by_name, month = {"institution": "安和"}, f"{timezone.localdate():%Y-%m}"
    return [
        Page("public home", None, "/"),
        Page("public by name, hit", None, "/public/doctors/", {"name": "乔木生", **by_name}),
        Page("public by name, miss", None, "/public/doctors/", {"name": "乔木无", **by_name}),
        Page("public by number, hit", None, "/public/doctors/", {"number": "110110109000000"}, posted=True),
        Page("public by number, miss", None, "/public/doctors/", {"number": "110110109999999"}, posted=True),
        Page("public by qualification, hit", None, "/public/doctors/", {"number": number}, posted=True),
        Page("public by qualification, miss", None, "/public/doctors/", {"number": unknown}, posted=True),
        Page("public entry", None, f"/public/doctors/{entry.token}/"),
        Page("public institutions", None, "/public/institutions/"),
        Page("public institutions by name", None, "/public/institutions/", {"q": "海淀", "district": "110108"}),
        Page("public verify", None, "/verify/", {"code": "7K2M4-Q9TXR-00000-00000-000000"}),
        Page("public lists", None, "/public/lists/"),
        Page("public list of a month", None, "/public/lists/", {"kind": "registered", "month": month}),
    ]


def measure(asked: list[Page]) -> Counts:
    """The counts of each page, the second time it is asked for."""
    return {page.name: _measured(page) for page in asked}


_address = itertools.count(1)


def _measured(page: Page) -> dict[str, int]:
    client = Client() if page.who is None else sign_in(Client(), page.who)
    ask: Any = client.post if page.posted else client.get
    from_where = f"10.0.{next(_address) // 250}.{next(_address) % 250}"  # public pages answer one address so often
    ask(page.address, page.asked, REMOTE_ADDR=from_where)
    with counted() as found:
        answer = ask(page.address, page.asked, REMOTE_ADDR=from_where)
    assert answer.status_code == 200, (page.name, answer.status_code)
    return found.counts()


def kept() -> Counts:
    """The baseline."""
    found: Counts = json.loads(BASELINE.read_text(encoding="utf-8"))
    return found


@pytest.mark.django_db
def test_no_page_asks_more_when_there_is_more(population: Population, people: dict[str, Account]) -> None:
    population.grow(FEW)
    asked = pages(population, people)
    few = measure(asked)
    population.grow(MANY)
    many = measure(asked)
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    if os.environ.get("YIZHENG_REWRITE_BASELINE") == "1":
        BASELINE.write_text(json.dumps(many, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert many == kept()


def test_no_list_asks_more_than_eight_of_its_own() -> None:
    assert {name: count for name, count in kept().items() if count["own"] > MOST_OF_A_LIST and name not in DETAIL} == {}


@pytest.mark.parametrize("way", ["name", "number", "qualification"])
def test_a_hit_and_a_miss_ask_the_same(way: str) -> None:
    counts = kept()
    assert counts[f"public by {way}, hit"] == counts[f"public by {way}, miss"]
