"""Nothing lets a program copy the register: every public page and endpoint tells and keeps its allowance and answers evenly."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.disclosure.conftest import house
from yizheng.disclosure import urls
from yizheng.disclosure.allowances import DOWNLOADS, LOOKUPS, NUMBERS, Limit
from yizheng.disclosure.api.endpoints import api
from yizheng.disclosure.models import Allowance, PublicInstitution, PublicPractitioner
from yizheng.disclosure.publishing import publish

pytestmark = pytest.mark.django_db
API = "/api/v1/public"
NOBODY = "x" * 20
ASKED = "?name=林知夏&institution=安和"
PAGES: dict[str, tuple[str, Limit]] = {
    "doctors": (f"/public/doctors/{ASKED}", LOOKUPS),
    "doctor": ("/public/doctors/{doctor}/", LOOKUPS),
    "nurses": (f"/public/nurses/{ASKED}", LOOKUPS),
    "nurse": ("/public/nurses/{doctor}/", LOOKUPS),
    "institutions": ("/public/institutions/?name=安和", LOOKUPS),
    "institution": ("/public/institutions/{house}/", LOOKUPS),
    "lists": ("/public/lists/", LOOKUPS),
    "notices": ("/public/notices/?q=通知", LOOKUPS),
    "notice": ("/public/notices/1/", LOOKUPS),
    "notice_file": ("/public/notices/1/files/0/", DOWNLOADS),
    "site": ("/public/sites/platform/", LOOKUPS),
    "open_data": ("/public/open-data/", DOWNLOADS),
    "open_data_csv": ("/public/open-data/institutions.csv", DOWNLOADS),
    "open_data_jsonl": ("/public/open-data/institutions.jsonl", DOWNLOADS),
    "open_data_changes": ("/public/open-data/changes/2026-01-01.jsonl", DOWNLOADS),
    "open_data_manifest_of": ("/public/open-data/changes/2026-01-01.jws", DOWNLOADS),
    "open_data_manifest": ("/public/open-data/manifest.jws", DOWNLOADS),
    "verify_form": ("/verify/", LOOKUPS),
    "verify": ("/verify/x", LOOKUPS),
    "offline": ("/verify/offline/", DOWNLOADS),
    "offline_download": ("/verify/offline/download/", DOWNLOADS),
    "offline_worker": ("/verify/offline/worker.js", DOWNLOADS),
    "keys": ("/verify/keys.json", DOWNLOADS),
    "status_list": ("/verify/status-list.jws", DOWNLOADS),
    "status_list_of_day": ("/verify/status-list/2026-01-01.jws", DOWNLOADS),
}
ENDPOINTS: dict[str, tuple[str, Limit]] = {
    f"{API}/doctors": (f"{API}/doctors{ASKED}", LOOKUPS),
    f"{API}/nurses": (f"{API}/nurses{ASKED}", LOOKUPS),
    f"{API}/certificates/{{code}}": (f"{API}/certificates/x", LOOKUPS),
}
NUMBER = f"{API}/doctors/by-qualification-number"


def told(limit: Limit) -> str:
    return f'"{limit.name}";q={limit.per_minute};w=60'


@pytest.fixture
def filled(published: PublicPractitioner) -> dict[str, str]:
    publish("institution", [house()])
    return {"doctor": published.token, "house": PublicInstitution.objects.get().token}


def test_every_page_and_endpoint_is_named_here() -> None:
    """A new public address is a decision: the home alone, which shows nobody, has no allowance."""
    assert {page.name for page in urls.pages} - {"home"} == set(PAGES)
    assert set(api.get_openapi_schema()["paths"]) == {*ENDPOINTS, NUMBER}
    assert get_resolver().resolve("/public/lists/").url_name == "lists"


@pytest.mark.parametrize(("address", "limit"), [*PAGES.values(), *ENDPOINTS.values()])
def test_an_answer_tells_the_allowance_and_a_refusal_when_to_come_back(
    address: str, limit: Limit, client: Client, filled: dict[str, str]
) -> None:
    answer = client.get(address.format(**filled))
    assert answer.status_code in (200, 404)
    assert answer.headers["RateLimit-Policy"] == told(limit)
    Allowance.objects.update(tokens=0)
    refused = client.get(address.format(**filled))
    assert refused.status_code == 429
    wait = refused.headers["Retry-After"]
    assert refused.headers["RateLimit-Policy"] == told(limit)
    assert refused.headers["RateLimit"] == f'"{limit.name}";r=0;t={wait}'
    assert 1 <= int(wait) <= 60


def test_faults_tell_the_allowance_too(client: Client) -> None:
    for body, status in (("{", 400), ('{"qualification_number": "1"}', 422), ("{}", 422)):
        answer = client.post(NUMBER, body, content_type="application/json")
        assert (answer.status_code, answer.headers["RateLimit-Policy"]) == (status, told(NUMBERS))
    answer = client.get(f"{API}/doctors", {"name": "林"})
    assert (answer.status_code, answer.headers["RateLimit-Policy"]) == (422, told(LOOKUPS))


def test_reading_many_entries_and_lists_takes_from_the_same_allowance(client: Client, filled: dict[str, str]) -> None:
    asked = [f"/public/doctors/{filled['doctor']}/", "/public/lists/", f"/public/doctors/{ASKED}"]
    codes = [client.get(asked[n % 3]).status_code for n in range(LOOKUPS.burst + 5)]
    assert codes[: LOOKUPS.burst - 1] == [200] * (LOOKUPS.burst - 1)
    assert codes[-1] == 429


def test_guessing_addresses_uses_the_allowance_up(client: Client) -> None:
    codes = {client.get(f"/public/doctors/{n:020d}/").status_code for n in range(LOOKUPS.burst)}
    assert codes == {404}
    assert client.get(f"/public/institutions/{NOBODY}/").status_code == 429


def test_what_was_withdrawn_what_never_was_and_what_cannot_be_are_answered_alike(
    client: Client, published: PublicPractitioner
) -> None:
    token = published.token
    PublicPractitioner.objects.all().delete()
    gone, never = (client.get(f"/public/doctors/{each}/") for each in (token, NOBODY))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.content.replace(token.encode(), b"") == never.content.replace(NOBODY.encode(), b"")
    withheld, unknown = (
        client.get(f"{API}/doctors", {"name": name, "institution": "安和"}) for name in ("林知夏", "林知秋")
    )
    assert (withheld.status_code, withheld.content) == (unknown.status_code, unknown.content)


def test_nothing_lists_the_register(client: Client, published: PublicPractitioner) -> None:
    for address in ("/public/doctors/", f"{API}/doctors", f"{API}/doctors?institution=安和"):
        assert client.get(address).status_code in (400, 422)
    month = f"{published.first_registered:%Y-%m}"
    assert published.name not in client.get(f"/public/lists/?kind=registered&month={month}").content.decode()
