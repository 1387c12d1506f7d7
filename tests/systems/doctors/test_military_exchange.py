"""Records of the military health organs: taken in over a sealed package, put to the authority, answered; and told in turn."""

import csv
import io
import json
from datetime import date

import pytest
from django.utils import timezone

from tests.cast import Place
from tests.systems.doctors.people_of_pages import Made, give_identity_number, license_house, make_doctor
from yizheng.exchange import answering, receiving, sending
from yizheng.exchange.kinds import kind_of
from yizheng.exchange.models import Package, Partner
from yizheng.exchange.sending import NotPossible
from yizheng.exchange.simulator import Counterpart
from yizheng.intake.models import Batch
from yizheng.intake.verbs.enter import enter
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.models import Proposal
from yizheng.people.models import Account, Scope, UnmaskingRecord
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.intakes.military import MILITARY
from yizheng.systems.doctors.models import MilitaryRecord, MilitaryTransfer
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.intakes.military import entered_forces
from yizheng.systems.practitioners.models.military import LINE, TO_FORCES

pytestmark = pytest.mark.django_db

NUMBER = make_resident_id("110108", date(1990, 3, 28), 328)
ROW = {
    "姓名": "林知夏", "性别": "女", "出生日期": "1990-03-28", "证件类型": "居民身份证",
    "证件号码": NUMBER, "级别": "执业医师", "类别": "临床", "变动": "地方转军队",
    "变动日期": "2026-10-08", "证明文号": "卫军〔2026〕17号",
}  # fmt: skip


@pytest.fixture
def other(haidian: Scope) -> Counterpart:
    made = Counterpart()
    made.known_to(haidian.pk)
    return made


@pytest.fixture
def doctor(institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    made = make_doctor("林知夏", institution, haidian, by=decider)
    give_identity_number(made, NUMBER)
    return made


def came(other: Counterpart, account: Account, *rows: dict[str, str]) -> Package:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(ROW))
    writer.writeheader()
    writer.writerows(rows)
    sent = other.sends("military", "military.csv", len(rows), text.getvalue().encode())
    with acting_as(account):
        return receiving.receive(sent, account=account)


def entered(package: Package, decider: Account) -> Batch:
    with acting_as_system("test"):
        batch = Batch.objects.all().get(pk=int(package.reference.removeprefix("batch:")))
        return enter(batch, MILITARY, actor=package.account, approved_by=decider)


def test_who_joined_the_forces_is_put_to_her_authority_and_the_sender_gets_a_receipt(
    other: Counterpart, doctor: Made, acceptor: Account, decider: Account
) -> None:
    wrong_sex = {**ROW, "性别": "男", "证明文号": "卫军〔2026〕18号"}
    package = came(other, acceptor, ROW, wrong_sex)
    with acting_as(acceptor), pytest.raises(NotPossible, match="还没有入册"):
        answering.answer(package, acceptor)
    batch = entered(package, decider)
    assert (batch.accepted, batch.rejected) == (1, 1)
    with acting_as_system("test"):
        record = MilitaryRecord.objects.get()
        assert (record.subject_id, record.event, record.happened_on) == (
            doctor.subject.pk, "to_forces", date(2026, 10, 8),
        )  # fmt: skip
        proposal = Proposal.objects.get(consequence=entered_forces(DOCTORS))
        assert "须办理转军队" in proposal.title
    with acting_as(acceptor):
        receipt = answering.answer(package, acceptor)
    said = json.loads(other.opens(receipt.content).files["receipt.json"])
    assert (said["accepted"], said["rejected"], [each["row"] for each in said["refused"]]) == (1, 1, [3])


def test_the_same_records_again_change_nothing(
    other: Counterpart, doctor: Made, acceptor: Account, decider: Account
) -> None:
    entered(came(other, acceptor, ROW), decider)
    text = ",".join(ROW) + "\n" + ",".join(ROW.values())
    with acting_as(acceptor):
        again = receiving.receive(other.sends("military", "military.csv", 1, text.encode(), serial=2), account=acceptor)
    assert entered(again, decider).change is None
    with acting_as_system("test"):
        assert MilitaryRecord.objects.count() == 1


def test_transfers_entered_here_are_told_with_numbers_and_every_look_is_recorded(
    other: Counterpart, doctor: Made, reviewer: Account, haidian: Scope
) -> None:
    today = timezone.localdate()
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="转军队") as change,
    ):
        gone = {
            "direction": TO_FORCES, "organ": "军队卫生部门", "proof_number": "京军转〔2026〕3号",
            "transferred_on": today,
        }  # fmt: skip
        change.event(MilitaryTransfer, doctor.subject, LINE, gone, happened_on=today, authority_scope=haidian.pk)
    with acting_as(reviewer):
        package = sending.propose(
            kind_of(MILITARY.code), Partner.objects.get(), today, today, account=reviewer, reason="按季交换"
        )
    text = other.opens(package.content).files["military.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == kind_of(MILITARY.code).heading
    assert (row["姓名"], row["证件号码"], row["变动"]) == ("林知夏", NUMBER, "地方转军队")
    look = UnmaskingRecord.objects.get()
    assert (look.subject_id, look.account_id, look.reason) == (
        doctor.subject.pk, reviewer.pk, "军队卫生部门：按季交换",
    )  # fmt: skip
