"""The inherited matrix: who may read and write a page, asked of every member of the cast.

A subclass names the address, who reads and who writes; everybody else of the cast must be refused and change
nothing. A member added to the cast is refused everywhere until a page says otherwise. The scene is set once for
everybody: what one of them did is taken back before the next comes, and all who got a wrong answer are told together.

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

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest
from django.db import transaction
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


def everybody(request: pytest.FixtureRequest) -> dict[str, Account]:
    """The account of every member."""
    return {name: member(request, name) for name in MEMBERS}


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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

    def test_reading(self, address: str, request: pytest.FixtureRequest) -> None:
        """Readers see the page, the rest are refused; nobody does by a GET what a POST does."""
        members = everybody(request)
        before = self.state()
        wrong = self._led_to_sign_in(Client().get(address))
        for name, account in members.items():
            with undone():
                status = sign_in(Client(), account).get(address).status_code
                expected = {200} if name in self.readers else {405} if name in self.writers[:1] else self.refused
                if status not in expected or self.state() != before:
                    wrong[name] = status
        assert wrong == {}, wrong

    def test_writing(self, address: str, request: pytest.FixtureRequest) -> None:
        """Writers are answered, the rest are refused and change nothing; so is a writer who comes at the wrong state."""
        members = everybody(request)
        before = self.state()
        wrong = self._led_to_sign_in(Client().post(address, self.body()))
        for name, account in members.items():
            with undone():
                status = sign_in(Client(), account).post(address, self.body()).status_code
                refused = status in self.refused and self.state() == before
            if not (status in ANSWERED if name in self.writers else refused):
                wrong[name] = status
        assert wrong == {}, wrong
        assert self.state() == before
        if self.writers and self.make_wrong():
            late = self.state()
            writer = sign_in(Client(), members[self.writers[0]])
            assert writer.post(address, self.body()).status_code in self.too_late
            assert self.state() == late

    def _led_to_sign_in(self, answer: Any) -> dict[str, int]:
        """Nothing when a visitor is led to sign in, or refused by an interface; otherwise what she got."""
        status = answer.status_code
        led = status == 302 and answer["Location"].startswith("/accounts/sign-in/")
        right = status in {401, 403, 405} if self.api else led or status == 405
        return {} if right else {"visitor": status}
