"""Many at once: one wins, everybody else is told, nothing is half done."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.cast import new_account
from yizheng.documents.models import Instrument
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError, perform
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as

CLERKS = 200
AT_ONCE = 40


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_clerks_deciding_one_case_one_wins(draft, on_its_way, haidian) -> None:
    case = on_its_way(draft(), "deciding")
    clerks = [new_account(AccountKind.CLERK, f"决定员{n}", Role.DECIDER, haidian) for n in range(CLERKS)]
    start = threading.Barrier(AT_ONCE)

    def decide(clerk: Account) -> str:
        if clerk.pk in first_wave:
            start.wait()
        try:
            with acting_as(clerk):
                perform(Case(**as_all_saw_it), "grant", clerk, reason="同意")
        except LostRaceError as lost:
            return str(lost)
        finally:
            connection.close()
        return "won"

    first_wave = {clerk.pk for clerk in clerks[:AT_ONCE]}
    with acting_as(clerks[0]):
        as_all_saw_it = Case.objects.filter(pk=case.pk).values().get()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(decide, clerks))

    assert answers.count("won") == 1
    assert all("准予许可" in answer for answer in answers if answer != "won")
    with acting_as(clerks[0]):
        decided = Case.objects.get(pk=case.pk)
        assert decided.state == CaseState.GRANTED
        assert CaseEvent.objects.filter(case=case, verb="grant").count() == 1
        assert Instrument.objects.filter(case_ref=f"case:{case.pk}", kind="grant").count() == 1
