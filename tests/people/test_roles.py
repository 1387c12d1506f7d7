"""Roles: what an account may hold is settled by its kind, in the program and in the database."""

import itertools
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Place, new_account
from yizheng.people.accounts import administering as accounts
from yizheng.people.kinds import AccountKind, Role, ScopeKind
from yizheng.people.models import Account, AuditEntry, Grant, GrantProposal, Scope
from yizheng.people.permissions import allowed, may, roles_of, scopes_of
from yizheng.people.rights import grants
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.roles import RULES, Power

pytestmark = pytest.mark.django_db

THREE = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def test_every_role_has_its_rule() -> None:
    assert set(RULES) == set(Role)


def test_every_power_belongs_to_somebody() -> None:
    assert {power for rule in RULES.values() for power in rule.powers} == set(Power)


def test_no_administrator_proposes_and_approves_or_reads_the_trail() -> None:
    powers = {role: set(RULES[role].powers) for role in THREE}
    assert Power.PROPOSE_GRANT in powers[Role.SYSTEM_ADMIN]
    assert Power.APPROVE_GRANT not in powers[Role.SYSTEM_ADMIN]
    assert powers[Role.AUDIT_ADMIN] == {Power.READ_AUDIT}
    assert Power.READ_AUDIT not in powers[Role.SYSTEM_ADMIN] | powers[Role.SECURITY_ADMIN]


def test_who_runs_the_platform_opens_no_rows_and_unmasks_nobody() -> None:
    for role in (*THREE, Role.ENGINEER):
        assert not RULES[role].opens_rows
        assert Power.UNMASK not in RULES[role].powers


@pytest.mark.parametrize(("kind", "role"), list(itertools.product(AccountKind, Role)))
def test_the_database_refuses_a_role_that_does_not_fit(city: Scope, kind: AccountKind, role: Role) -> None:
    account = new_account(kind, "某人")
    fits = RULES[role].kind == kind
    try:
        with transaction.atomic():
            Grant.objects.create(account=account, role=role, scope=city)
    except IntegrityError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(THREE, 2)))
def test_no_account_holds_two_administrations(city: Scope, one: Role, other: Role) -> None:
    account = new_account(RULES[one].kind, "管理员", one, city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(account=account, role=other, scope=city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(kind=RULES[other].kind)


def test_deciding_does_not_reach_down_and_watching_does(
    city: Scope, haidian: Scope, chaoyang: Scope, city_clerk: Account, decider: Account, analyst: Account
) -> None:
    assert allowed(city_clerk, Role.DECIDER, city)
    assert not allowed(city_clerk, Role.DECIDER, haidian)
    assert allowed(decider, Role.DECIDER, haidian.pk)
    assert not allowed(decider, Role.DECIDER, chaoyang)
    assert not allowed(decider, Role.ACCEPTOR, haidian)
    assert allowed(analyst, Role.ANALYST, chaoyang)


def test_nobody_and_the_closed_are_allowed_nothing(haidian: Scope, decider: Account) -> None:
    assert not allowed(None, Role.DECIDER, haidian)
    decider.is_active = False
    assert not allowed(decider, Role.DECIDER, haidian)
    assert roles_of(decider) == frozenset()
    assert scopes_of(decider, Role.DECIDER) == []
    assert not may(decider, Power.UNMASK)


def test_an_operator_is_over_her_institution(institution: Place, another_institution: Place) -> None:
    assert allowed(institution.operator, Role.INSTITUTION_OPERATOR, institution.scope)
    assert not allowed(institution.operator, Role.INSTITUTION_OPERATOR, another_institution.scope)
    assert [scope.kind for scope in scopes_of(institution.operator, Role.INSTITUTION_OPERATOR)] == [
        ScopeKind.ORGANISATION
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"proposer": "acceptor"}, "只有系统管理员"),
        ({"account": "system_admin", "role": Role.SYSTEM_ADMIN, "scope": "city"}, "不能为自己"),
        ({"reason": " "}, "理由"),
        ({"role": Role.INSPECTOR}, "只能授予"),
        ({"scope": "institution"}, "范围"),
        ({"role": Role.REVIEWER}, "已经有效"),
        ({"revokes": True}, "已不存在"),
    ],
)
def test_a_proposal_says_what_is_wrong(request: pytest.FixtureRequest, change: dict[str, object], said: str) -> None:
    wanted: dict[str, Any] = {
        "account": "reviewer",
        "role": Role.DECIDER,
        "scope": "haidian",
        "proposer": "system_admin",
        "reason": "轮岗",
    }
    wanted |= change
    for name in ("account", "scope", "proposer"):
        found = request.getfixturevalue(str(wanted[name]))
        wanted[name] = found.scope if isinstance(found, Place) else found
    with pytest.raises(Refused, match=said):
        grants.propose(**wanted)
    assert not GrantProposal.objects.exists()


def test_who_proposed_does_not_approve(reviewer: Account, system_admin: Account, haidian: Scope) -> None:
    proposal = grants.propose(reviewer, Role.DECIDER, haidian, system_admin, "轮岗")
    with pytest.raises(Refused):
        grants.decide(proposal, system_admin, approve=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantProposal.objects.filter(pk=proposal.pk).update(decider=system_admin)


def test_approving_and_giving_stand_or_fall_together(
    reviewer: Account, system_admin: Account, security_admin: Account, haidian: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = grants.propose(reviewer, Role.DECIDER, haidian, system_admin, "轮岗")

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(grants, "give", fails)
    before = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError):
        grants.decide(proposal, security_admin, approve=True)
    proposal.refresh_from_db()
    assert proposal.state == GrantProposal.State.WAITING
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins(
    reviewer: Account, system_admin: Account, security_admin: Account, haidian: Scope
) -> None:
    proposal = grants.propose(reviewer, Role.DECIDER, haidian, system_admin, "轮岗")
    outcomes: list[str] = []

    def decide() -> None:
        try:
            grants.decide(proposal, security_admin, approve=True)
            outcomes.append("won")
        except Refused:
            outcomes.append("lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["lost"] * 7 + ["won"]
    assert Grant.objects.filter(account=reviewer, role=Role.DECIDER).count() == 1


@pytest.mark.parametrize("act", [accounts.suspend, accounts.release_lock, accounts.reset_second_factor])
def test_who_has_no_power_does_nothing(act: object, acceptor: Account, reviewer: Account) -> None:
    with pytest.raises(Refused, match="权限"):
        act(reviewer, acceptor, "x")
