"""Packages come, are staged once and answered; packages go with two persons and are confirmed by the partner's receipt."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import new_account
from yizheng.exchange import answering, kinds, partners, receiving, sending
from yizheng.exchange.keys import own_keys
from yizheng.exchange.kinds import ExchangeKind, Judged, NotReady
from yizheng.exchange.models import Package, PackageState, Partner
from yizheng.exchange.reconciling import reconcile
from yizheng.exchange.sealing import UnfitPackage
from yizheng.exchange.sending import NotPossible
from yizheng.exchange.simulator import Counterpart
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work import approval
from yizheng.work.models import Approval

pytestmark = pytest.mark.django_db

ROWS = (("林知夏", "20201111010001"), ("沈一诺", "20201111010002"))
FROM, TO = date(2026, 11, 1), date(2026, 11, 20)


@dataclass
class System:
    """A system that declares a kind, and what it was given."""

    rows: tuple[tuple[str, ...], ...] = ROWS
    taken: list[bytes] = field(default_factory=list)
    judgement: Judged | None = None

    def take_in(self, package: Package, path: Path) -> str:
        self.taken.append(path.read_bytes())
        return f"batch:{package.serial}"

    def judged(self, package: Package) -> Judged:
        if self.judgement is None:
            raise NotReady("批次还没有入册")
        return self.judgement


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()
    kind = ExchangeKind("sample", "样例记录", ("姓名", "编号"), lambda asked: made.rows, made.take_in, made.judged)
    monkeypatch.setitem(kinds._declared, "sample", kind)
    return made


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> None:
    settings.SECRETS_DIR = tmp_path


@pytest.fixture
def other(keys: None, haidian: Scope) -> Counterpart:
    made = Counterpart()
    made.known_to(haidian.pk)
    return made


def came(other: Counterpart, account: Account, *, serial: int = 1, content: bytes = b"x", **more: Any) -> Package:
    with acting_as(account):
        return receiving.receive(
            other.sends("sample", "sample.csv", 2, content, serial=serial, **more), account=account
        )


def test_a_package_is_staged_with_its_system_and_answered_when_judged(
    other: Counterpart, system: System, acceptor: Account
) -> None:
    package = came(other, acceptor, content=b"rows")
    assert (package.state, package.rows, package.reference) == (PackageState.STAGED, 2, "batch:1")
    assert system.taken == [b"rows"]
    with acting_as(acceptor), pytest.raises(NotPossible, match="还没有入册"):
        answering.answer(package, acceptor)
    system.judgement = Judged(1, [(2, "no_match", "没有此人")])
    with acting_as(acceptor):
        receipt = answering.answer(package, acceptor)
        with pytest.raises(NotPossible, match="还没有回执"):
            answering.answer(package, acceptor)
    opened = other.opens(receipt.content)
    said = json.loads(opened.files["receipt.json"])
    assert (said["rows"], said["accepted"], said["rejected"]) == (2, 1, 1)
    assert said["refused"] == [{"row": 2, "code": "no_match", "reason": "没有此人"}]
    assert (opened.manifest.kind, opened.manifest.reply_to, opened.manifest.serial) == ("receipt", 1, 1)


def test_the_same_package_is_taken_once_and_another_under_its_number_not_at_all(
    other: Counterpart, system: System, acceptor: Account
) -> None:
    sent = other.sends("sample", "sample.csv", 2, b"rows")
    with acting_as(acceptor):
        receiving.receive(sent, account=acceptor)
        for content, code in ((sent, "again"), (other.sends("sample", "sample.csv", 2, b"more"), "serial")):
            with pytest.raises(UnfitPackage) as refused:
                receiving.receive(content, account=acceptor)
            assert refused.value.code == code
    assert len(system.taken) == 1


@pytest.mark.parametrize(
    ("kind", "name", "code"), [("unheard", "sample.csv", "kind"), ("sample", "other.csv", "files")]
)
def test_what_cannot_be_taken_leaves_nothing(
    other: Counterpart, system: System, acceptor: Account, kind: str, name: str, code: str
) -> None:
    with acting_as(acceptor), pytest.raises(UnfitPackage) as refused:
        receiving.receive(other.sends(kind, name, 1, b"x"), account=acceptor)
    assert refused.value.code == code
    with acting_as_system("test"):
        assert not Package.objects.exists()


def test_a_stranger_and_one_no_longer_trusted_are_refused(
    other: Counterpart, system: System, acceptor: Account
) -> None:
    Partner.objects.update(active=False)
    for sender in (other, replace(other, code="unknown")):
        with acting_as(acceptor), pytest.raises(UnfitPackage) as refused:
            receiving.receive(sender.sends("sample", "sample.csv", 1, b"x"), account=acceptor)
        assert refused.value.code == "sender"


def proposed(system: System, account: Account) -> Package:
    with acting_as(account):
        return sending.propose(
            kinds.kind_of("sample"), Partner.objects.get(), FROM, TO, account=account, reason="按月交换"
        )


def test_what_holds_personal_data_leaves_with_a_second_persons_consent(
    other: Counterpart, system: System, reviewer: Account, decider: Account
) -> None:
    package = proposed(system, reviewer)
    assert package.state == PackageState.PROPOSED
    asked = Approval.objects.get(kind=sending.SEND)
    with acting_as(reviewer), pytest.raises(approval.ApprovalRefused):
        approval.approve(asked.pk, reviewer)
    with acting_as(decider):
        approval.approve(asked.pk, decider)
        package.refresh_from_db()
    assert package.state == PackageState.READY
    opened = other.opens(package.content)
    assert opened.files["sample.csv"].decode("utf-8-sig").splitlines() == ["姓名,编号", *map(",".join, ROWS)]
    assert AuditEntry.objects.filter(verb="exchange.make").count() == 1


@pytest.mark.parametrize(("rows", "reason", "says"), [((), "按月交换", "没有要发送"), (ROWS, " ", "须写明")])
def test_nothing_and_no_reason_make_no_package(
    other: Counterpart, system: System, reviewer: Account, rows: Any, reason: str, says: str
) -> None:
    system.rows = rows
    with acting_as(reviewer), pytest.raises(NotPossible, match=says):
        sending.propose(kinds.kind_of("sample"), Partner.objects.get(), FROM, TO, account=reviewer, reason=reason)


def receipt_for(package: Package, other: Counterpart, **said: Any) -> bytes:
    content = {
        "serial": package.serial, "rows": package.rows, "accepted": 1, "rejected": 1,
        "sha256": package.content_digest, "refused": [{"row": 3, "code": "no_match", "reason": "查无此人"}],
    }  # fmt: skip
    body = json.dumps({**content, **said}).encode()
    return other.sends("receipt", "receipt.json", 1, body, reply_to=package.serial)


@pytest.mark.parametrize(
    ("said", "state"),
    [({}, PackageState.CONFIRMED), ({"rows": 5}, PackageState.DIFFERS), ({"sha256": "0"}, PackageState.DIFFERS)],
)
def test_a_receipt_is_held_against_what_was_sent(
    other: Counterpart, system: System, reviewer: Account, acceptor: Account, said: Any, state: PackageState
) -> None:
    package = proposed(system, reviewer)
    with acting_as(acceptor):
        receiving.receive(receipt_for(package, other, **said), account=acceptor)
        package.refresh_from_db()
        assert (package.state, package.accepted, package.rejected) == (state, 1, 1)
        assert [(each.row, each.reason) for each in package.outcomes.all()] == [(3, "查无此人")]


def test_a_receipt_for_nothing_is_refused(other: Counterpart, system: System, acceptor: Account) -> None:
    with acting_as(acceptor), pytest.raises(UnfitPackage) as refused:
        receiving.receive(other.sends("receipt", "receipt.json", 1, b"{}", reply_to=9), account=acceptor)
    assert refused.value.code == "reply"


def test_reconciliation_names_lost_packages_and_missing_receipts(
    other: Counterpart, system: System, reviewer: Account, decider: Account, acceptor: Account
) -> None:
    for serial in (1, 4):
        came(other, acceptor, serial=serial)
    proposed(system, reviewer)
    with acting_as(decider):
        approval.approve(Approval.objects.get(kind=sending.SEND).pk, decider)
        (now,) = reconcile(decider)
        (later,) = reconcile(decider, timezone.now() + timedelta(days=11))
    assert (now.missing, now.unanswered_by_us, now.unanswered_by_them) == ((2, 3), (), ())
    assert (later.unanswered_by_us, later.unanswered_by_them) == ((1, 4), (1,))
    assert not now.agrees


def test_a_partner_is_trusted_by_two_administrators(
    keys: None, haidian: Scope, system_admin: Account, security_admin: Account
) -> None:
    signing, opening = own_keys().public
    given: dict[str, Any] = {
        "code": "military-health",
        "name": "军队卫生部门",
        "authority": haidian,
        "active": True,
        "reason": "协议",
    }
    for unfit_signing, unfit_opening in ((opening, opening), (signing, "-")):
        with pytest.raises(NotPossible, match="公钥"):
            partners.propose(system_admin, **given, signing=unfit_signing, opening=unfit_opening)
    made = partners.propose(system_admin, **given, signing=signing, opening=opening)
    with pytest.raises(approval.ApprovalRefused):
        approval.approve(made.pk, system_admin)
    approval.approve(made.pk, security_admin)
    assert Partner.objects.get().name == "军队卫生部门"
    with pytest.raises(NotPossible, match="系统管理员"):
        partners.propose(
            new_account(AccountKind.CLERK, "何受理", Role.ACCEPTOR, haidian), **given, signing=signing, opening=opening
        )
