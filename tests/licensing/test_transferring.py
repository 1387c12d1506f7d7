"""Handing a case to a colleague: who may, to whom, and that the clock does not notice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.cast import new_account
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError, perform
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.licensing.verbs.transferring import colleagues, transfer
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, Grant
from yizheng.people.scope import acting_as
from yizheng.work.models import Notice


def colleague(role: Role, scope, name: str = "许同事") -> Account:
    return new_account(AccountKind.CLERK, name, role, scope)


def seen_by(account: Account, case: Case) -> Case:
    return Case.objects.visible_to(account).get(pk=case.pk)


def test_a_case_goes_to_a_colleague(draft, on_its_way, reviewer, haidian) -> None:
    other = colleague(Role.REVIEWER, haidian)
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        case = seen_by(reviewer, case)
        revision, due_on = case.revision, case.due_on
        event = transfer(case, reviewer, other, "出差一周")
        kept = seen_by(reviewer, case)
    assert (kept.handler, kept.revision, kept.state, kept.due_on) == (other, revision + 1, "reviewing", due_on)
    assert case.revision == kept.revision
    assert (event.title, event.reason, event.from_state, event.to_state) == (
        "转办给 许同事", "出差一周", "reviewing", "reviewing",
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="case.transfer", actor=reviewer).count() == 1
    assert "转来办件" in Notice.objects.visible_to(other).get(kind="case", account=other).title


@pytest.mark.parametrize(
    ("state", "role", "who"),
    [
        ("received", Role.ACCEPTOR, "acceptor"),
        ("reviewing", Role.REVIEWER, "reviewer"),
        ("deciding", Role.DECIDER, "decider"),
    ],
)
def test_the_clock_does_not_notice(draft, on_its_way, haidian, request, state, role, who) -> None:
    holder, other = request.getfixturevalue(who), colleague(role, haidian)
    case = on_its_way(draft(), state)
    with acting_as(holder):
        case = seen_by(holder, case)
        before = timekeeping.read(case, case.item)
        transfer(case, holder, other, "分工调整")
        after = timekeeping.read(case, case.item)
    assert after == before


def test_a_clock_that_stands_still_stays_so(draft, on_its_way, reviewer, haidian) -> None:
    other = colleague(Role.REVIEWER, haidian)
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        case = seen_by(reviewer, case)
        perform(case, "start_procedure", reviewer, reason="须听专家意见")
        before = timekeeping.read(case, case.item)
        transfer(case, reviewer, other, "分工调整")
        assert timekeeping.read(case, case.item) == before


@pytest.mark.parametrize(
    "name", ["acceptor", "decider", "other_district_clerk", "city_clerk", "system_admin", "inspector"]
)
def test_only_who_has_it_on_the_desk_hands_it_on(draft, on_its_way, haidian, request, name) -> None:
    other = colleague(Role.REVIEWER, haidian)
    case = on_its_way(draft(), "reviewing")
    account = request.getfixturevalue(name)
    with pytest.raises(NotPermittedError, match="审核人员"):
        transfer(case, account, other, "理由")


@pytest.mark.parametrize("name", ["applicant", "acceptor", "decider", "other_district_clerk", "city_clerk"])
def test_only_the_same_role_over_the_same_authority_takes_it(draft, on_its_way, reviewer, request, name) -> None:
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        case = seen_by(reviewer, case)
        with pytest.raises(NotPossibleError, match="同一角色"):
            transfer(case, reviewer, request.getfixturevalue(name), "理由")
        assert not CaseEvent.objects.filter(case=case, verb="transfer").exists()
        assert seen_by(reviewer, case).revision == case.revision


def test_neither_oneself_nor_the_handler_nor_a_closed_account(draft, on_its_way, reviewer, haidian) -> None:
    closed = colleague(Role.REVIEWER, haidian, "已停用")
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    handler = colleague(Role.REVIEWER, haidian, "现经办")
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        case = seen_by(reviewer, case)
        assert list(colleagues(reviewer, case)) == [handler]
        transfer(case, reviewer, handler, "分工调整")
        assert not colleagues(reviewer, case).exists()


def test_who_did_an_earlier_step_cannot_take_a_later_one(draft, on_its_way, acceptor, reviewer, haidian) -> None:
    Grant.objects.create(account=acceptor, role=Role.REVIEWER, scope=haidian)
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        case = seen_by(reviewer, case)
        assert acceptor not in colleagues(reviewer, case)
        with pytest.raises(NotPossibleError, match="前一环节"):
            transfer(case, reviewer, acceptor, "理由")


def test_it_needs_a_reason(draft, on_its_way, reviewer, haidian) -> None:
    other = colleague(Role.REVIEWER, haidian)
    case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer), pytest.raises(NotPossibleError, match="理由"):
        transfer(seen_by(reviewer, case), reviewer, other, "  ")


@pytest.mark.parametrize("state", list(CaseState))
def test_every_state_hands_on_or_says_why_not(draft, reviewer, haidian, state) -> None:
    """A case lies with the authority or it does not; no state is forgotten."""
    other = colleague(Role.REVIEWER, haidian)
    case = draft()
    case.state, case.authority_scope = state, haidian.pk
    on_the_desk = {"reviewing", "in_procedure", "proposed", "noticed", "hearing"}
    elsewhere = {"received", "corrected", "deciding", "checking"}
    with acting_as(reviewer):
        expected: type[Exception] = NotPermittedError if state in elsewhere else NotPossibleError
        if state in on_the_desk:
            expected = LostRaceError  # the row is still a draft
        with pytest.raises(expected):
            transfer(case, reviewer, other, "理由")


def test_a_fault_leaves_everything_as_it_was(draft, on_its_way, reviewer, haidian, monkeypatch) -> None:
    other = colleague(Role.REVIEWER, haidian)
    case = on_its_way(draft(), "reviewing")

    def fault(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("yizheng.licensing.cases.notices.to_handler", fault)
    with acting_as(reviewer):
        case = seen_by(reviewer, case)
        former = (case.handler_id, case.revision)
        with pytest.raises(RuntimeError):
            transfer(case, reviewer, other, "理由")
        assert (case.handler_id, case.revision) == former
        kept = seen_by(reviewer, case)
        assert (kept.handler_id, kept.revision) == former
        assert not CaseEvent.objects.filter(case=case, verb="transfer").exists()


AT_ONCE = 12


@pytest.mark.django_db(transaction=True)
def test_of_many_who_act_at_once_one_wins(draft, on_its_way, haidian) -> None:
    case = on_its_way(draft(), "reviewing")
    clerks = [colleague(Role.REVIEWER, haidian, f"审核员{number}") for number in range(AT_ONCE)]
    start = threading.Barrier(AT_ONCE)
    with acting_as(clerks[0]):
        as_all_saw_it = Case.objects.filter(pk=case.pk).values().get()

    def act(number: int) -> str:
        clerk, copy = clerks[number], Case(**as_all_saw_it)
        start.wait()
        try:
            with acting_as(clerk):
                if number % 2:
                    transfer(copy, clerk, clerks[number - 1], "分工调整")
                else:
                    perform(copy, "pass_review", clerk, reason="同意")
        except LostRaceError as lost:
            return str(lost)
        except NotPermittedError:
            return "no longer on this desk"
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(act, range(AT_ONCE)))
    assert answers.count("won") == 1, answers
    with acting_as(clerks[0]):
        assert Case.objects.get(pk=case.pk).revision == as_all_saw_it["revision"] + 1
        done = CaseEvent.objects.filter(case=case, verb__in=["transfer", "pass_review"])
        assert done.count() == 1
