"""The inherited matrix: who may read and write a page, asked of every member of the cast.

A subclass names the address, who reads and who writes; everybody else of the cast must be refused and change
nothing. A member added to the cast is refused everywhere until a page says otherwise.

    class TestAccountList(AccessMatrix):
        url = "/accounts/admin/"
        readers = ("system_admin", "security_admin")

    class TestSuspend(AccessMatrix):
        readers = ()                                   # a POST alone: GET answers 405
        writers = ("system_admin",)

        @pytest.fixture
        def address(self, applicant): return f"/accounts/admin/{applicant.pk}/suspend/"
        posted = {"reason": "离职"}
        def state(self): return Account.objects.filter(is_active=True).count()
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from yizheng.people.models import Account

MEMBERS = (
    "applicant",
    "another_applicant",
    "stranger",
    "institution",
    "another_institution",
    "acceptor",
    "reviewer",
    "decider",
    "other_district_clerk",
    "city_clerk",
    "inspector",
    "analyst",
    "engineer",
    "system_admin",
    "security_admin",
    "audit_admin",
)

ANSWERED = frozenset({200, 201, 204, 302})
REFUSED = frozenset({401, 403, 404, 405})


def member(request: pytest.FixtureRequest, name: str) -> Account:
    """The account of a member of the cast."""
    found = request.getfixturevalue(name)
    return found.operator if isinstance(found, Place) else found


@pytest.mark.django_db
class AccessMatrix:
    """Anonymous, stranger, reader, writer, other district, wrong state, GET on a POST."""

    url: ClassVar[str] = ""
    readers: ClassVar[tuple[str, ...]] = ()
    writers: ClassVar[tuple[str, ...]] = ()
    posted: ClassVar[Mapping[str, Any]] = {}
    #: A page of an API answers 401 to a visitor; any other leads to the sign-in page.
    api: ClassVar[bool] = False
    #: What a refused reader gets; a page that leads to another place adds 302.
    refused: ClassVar[frozenset[int]] = REFUSED
    #: What a writer gets who comes at the wrong state (see ``make_wrong``).
    too_late: ClassVar[frozenset[int]] = frozenset({403, 404, 409, 422})

    @pytest.fixture
    def address(self) -> str:
        return self.url

    def state(self) -> Any:
        """What must not have changed after a refusal; comparable."""
        return None

    def body(self) -> Mapping[str, Any]:
        """What a writer posts; ``posted`` unless it depends on the object."""
        return self.posted

    def make_wrong(self) -> bool:
        """Bring the object into a state in which nobody may write; True when the page has such a state."""
        return False

    def test_a_visitor_is_led_to_sign_in(self, client: Client, address: str) -> None:
        before = self.state()
        for answer in (client.get(address), client.post(address, self.body())):
            if self.api:
                assert answer.status_code in {401, 403, 405}
            elif answer.status_code != 405:
                assert answer.status_code == 302
                assert answer["Location"].startswith("/accounts/sign-in/")
        assert self.state() == before

    @pytest.mark.parametrize("name", MEMBERS)
    def test_reading(self, client: Client, address: str, request: pytest.FixtureRequest, name: str) -> None:
        answer = sign_in(client, member(request, name)).get(address)
        if name in self.readers:
            assert answer.status_code == 200
        else:
            assert answer.status_code in self.refused

    @pytest.mark.parametrize("name", MEMBERS)
    def test_writing(self, client: Client, address: str, request: pytest.FixtureRequest, name: str) -> None:
        account = member(request, name)
        before = self.state()
        answer = sign_in(client, account).post(address, self.body())
        if name in self.writers:
            assert answer.status_code in ANSWERED
        else:
            assert answer.status_code in self.refused
            assert self.state() == before

    def test_a_get_does_not_do_what_a_post_does(
        self, client: Client, address: str, request: pytest.FixtureRequest
    ) -> None:
        if not self.writers:
            return
        account = member(request, self.writers[0])
        before = self.state()
        answer = sign_in(client, account).get(address)
        assert answer.status_code == (200 if self.readers else 405)
        assert self.state() == before

    def test_at_the_wrong_state_nothing_is_written(
        self, client: Client, address: str, request: pytest.FixtureRequest
    ) -> None:
        if not self.writers or not self.make_wrong():
            return
        account = member(request, self.writers[0])
        before = self.state()
        assert sign_in(client, account).post(address, self.body()).status_code in self.too_late
        assert self.state() == before
