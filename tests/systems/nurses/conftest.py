"""A nurse who passed the examination, the institution that takes her, and the way her application goes."""

import pytest

from tests.cast import new_clerk
from tests.systems.doctors.conftest import HOSPITAL, House, found
from tests.systems.nurses.people import REGISTERED, Members, application, new_nurse, walker_of
from tests.walking import Desk
from yizheng.demo.walker import Walker
from yizheng.licensing.models import Case
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope


@pytest.fixture
def nurse_is_registered() -> Members | None:
    """The world, where the test may stand in it."""
    return REGISTERED.here


@pytest.fixture
def hospital(haidian: Scope) -> House:
    return REGISTERED.here.hospital if REGISTERED.here else found(HOSPITAL, haidian, "110108")


@pytest.fixture
def nurse(city: Scope) -> Account:
    return REGISTERED.here.nurse if REGISTERED.here else new_nurse(city)


@pytest.fixture
def acceptor(haidian: Scope) -> Account:
    return REGISTERED.here.desk.acceptor if REGISTERED.here else new_clerk(Role.ACCEPTOR, haidian)


@pytest.fixture
def reviewer(haidian: Scope) -> Account:
    return REGISTERED.here.desk.reviewer if REGISTERED.here else new_clerk(Role.REVIEWER, haidian)


@pytest.fixture
def decider(haidian: Scope) -> Account:
    return REGISTERED.here.desk.decider if REGISTERED.here else new_clerk(Role.DECIDER, haidian)


@pytest.fixture
def walker(nurse: Account, hospital: House, acceptor: Account, reviewer: Account, decider: Account) -> Walker:
    return walker_of(nurse, hospital, Desk(acceptor, reviewer, decider))


@pytest.fixture
def draft(walker: Walker, nurse: Account) -> Case:
    if REGISTERED.here:
        return REGISTERED.here.draft
    return walker.draft(nurse, "nurse_first_registration", application())


@pytest.fixture
def registered(nurse_is_registered: Members | None, walker: Walker, draft: Case) -> Case:
    return nurse_is_registered.registered if nurse_is_registered else walker.walk(draft)
