"""Cases of the sample items on their way, made by the people of the cast."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Place
from tests.licensing import items
from tests.walking import Desk, walker
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.scope import acting_as

__all__ = ["items"]


@pytest.fixture(autouse=True)
def vault_key(db: None) -> None:
    """Forms seal what is personal."""
    vault.prepare()


Filled = Callable[..., Case]


@pytest.fixture
def draft(applicant: Account, institution: Place) -> Filled:
    """A draft of the applicant, filled in; other values by name."""

    def fill(item: str = "sample_licence", **values: Any) -> Case:
        about = {
            "id_number": "11010519900307123X",
            "years": "5",
            "district": "110108",
            "institution": institution.scope.code,
        }
        with acting_as(applicant):
            case = open_draft(applicant, item)
            return keep(case, applicant, {"about": {**about, **values}})

    return fill


@pytest.fixture
def on_its_way(applicant: Account, institution: Place, acceptor: Account, reviewer: Account) -> Filled:
    """A case brought to a state by the people whose turn it is."""
    desk = Desk(acceptor, reviewer, reviewer)

    def bring(case: Case, state: str) -> Case:
        return walker(applicant, institution.operator, desk).walk(case, CaseState(state))

    return bring
