"""Records of nurses with the forces: taken in over a sealed package, put to the authority, and told in turn."""

import csv
import io
from datetime import date

import pytest
from django.utils import timezone

from tests.systems.nurses.people import NAME, NUMBER
from yizheng.exchange import receiving, sending
from yizheng.exchange.kinds import kind_of
from yizheng.exchange.models import Partner
from yizheng.exchange.simulator import Counterpart
from yizheng.intake.models import Batch
from yizheng.intake.verbs.enter import enter
from yizheng.licensing.models import Proposal
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.intakes import MILITARY
from yizheng.systems.nurses.models import NurseMilitaryRecord, NurseRegistration, NurseTransfer
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.intakes.military import entered_forces
from yizheng.systems.practitioners.models.military import LINE, TO_FORCES

pytestmark = pytest.mark.django_db
ROW = {
    "姓名": NAME, "性别": "女", "出生日期": "2001-09-03", "证件类型": "居民身份证", "证件号码": NUMBER,
    "变动": "地方转军队", "变动日期": "2026-10-08", "证明文号": "卫军护〔2026〕17号", "注册结束": "2031-10-07",
}  # fmt: skip


@pytest.fixture
def other(haidian: Scope) -> Counterpart:
    made = Counterpart()
    made.known_to(haidian.pk)
    return made


def taken_in(other: Counterpart, account: Account, decider: Account, *rows: dict[str, str]) -> Batch:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(ROW))
    writer.writeheader()
    writer.writerows(rows)
    sent = other.sends("nurse_military", "nurse_military.csv", len(rows), text.getvalue().encode())
    with acting_as(account):
        package = receiving.receive(sent, account=account)
    with acting_as_system("test"):
        batch = Batch.objects.all().get(pk=int(package.reference.removeprefix("batch:")))
        return enter(batch, MILITARY, actor=account, approved_by=decider)


def test_a_nurse_who_joined_the_forces_is_put_to_her_authority(
    other: Counterpart, registered, nurse: Account, acceptor: Account, decider: Account
) -> None:
    backwards = ROW | {"证明文号": "卫军护〔2026〕18号", "注册结束": "2020-01-01"}
    batch = taken_in(other, acceptor, decider, ROW, backwards | {"变动日期": "2099-01-01"})
    assert (batch.accepted, batch.rejected) == (1, 1)
    with acting_as_system("test"):
        record = NurseMilitaryRecord.objects.get()
        proposal = Proposal.objects.get(consequence=entered_forces(NURSES))
    assert (record.subject_id, record.registered_to) == (nurse.subject_id, date(2031, 10, 7))
    assert (proposal.register, "须办理转军队" in proposal.title) == (NURSES.code, True)


def test_who_was_never_registered_here_is_put_to_nobody(
    other: Counterpart, nurse: Account, acceptor: Account, decider: Account
) -> None:
    assert taken_in(other, acceptor, decider, ROW).accepted == 1
    assert not Proposal.objects.filter(consequence=entered_forces(NURSES)).exists()


def test_transfers_are_told_with_the_number_and_the_term(
    other: Counterpart, registered, nurse: Account, reviewer: Account, haidian: Scope
) -> None:
    today = timezone.localdate()
    gone = {
        "direction": TO_FORCES,
        "organ": "军队卫生部门",
        "proof_number": "京军转〔2026〕3号",
        "transferred_on": today,
    }
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.event(NurseTransfer, nurse.subject_id or 0, LINE, gone, happened_on=today, authority_scope=haidian.pk)
        held = NurseRegistration.objects.as_of(today).get(subject_id=nurse.subject_id or 0)
    with acting_as(reviewer):
        package = sending.propose(
            kind_of(MILITARY.code), Partner.objects.get(), today, today, account=reviewer, reason="按季交换"
        )
    text = other.opens(package.content).files["nurse_military.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == kind_of(MILITARY.code).heading
    assert (row["姓名"], row["证件号码"], row["变动"]) == (NAME, NUMBER, "地方转军队")
    assert (row["护士执业证书编号"], row["注册有效期至"]) == (held.number, held.term_to.isoformat())
