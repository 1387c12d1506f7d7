"""The contract carried out: its obligations with their evidence, its reports, its inspections, its record."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.systems.service.conftest import Service
from yizheng.systems.service.acceptance.deliverables import Period
from yizheng.systems.service.acceptance.writing import write_all
from yizheng.systems.service.clauses import loading, recording
from yizheng.systems.service.clauses.evidence import Stands, all_of
from yizheng.systems.service.clauses.found import IDLE, LACKING, LATE, PROVEN, WAITING
from yizheng.systems.service.inspections import probes
from yizheng.systems.service.inspections.inspecting import inspect
from yizheng.systems.service.management.commands import acceptance
from yizheng.systems.service.models import Contract, Report
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.models.inspection import Verdict
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.reports import acting
from yizheng.systems.service.reports.figures import figures

pytestmark = pytest.mark.django_db


def found(service: Service, code: str) -> Stands:
    return next(each for each in all_of(service.around()) if each.obligation.code == code)


def test_every_obligation_has_an_answer(service: Service) -> None:
    stands = all_of(service.around())
    assert len(stands) == 66
    assert {each.found.state for each in stands} <= {PROVEN, LACKING, LATE, WAITING, IDLE}


def test_the_first_payment_is_late_the_day_after_its_fifteenth(service: Service) -> None:
    def state(effect_days_ago: int) -> str:
        contract = service.contract
        contract.events.model.objects.none()
        day = timezone.localdate() - timedelta(days=effect_days_ago)
        recording.record(service.manager, contract, EventKind.EFFECT, day, "签章合同")
        return found(service, "OB07").found.state

    assert state(40) == LATE
    assert state(1) == WAITING
    recording.record(
        service.client, service.contract, EventKind.PAID_1, timezone.localdate(), "凭证", amount=Decimal(100)
    )
    assert found(service, "OB07").found.state == PROVEN
    assert found(service, "OB09").found.state == LACKING


def test_nobody_records_the_matter_of_the_other_party(service: Service) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused, match="由运维监督登记"):
        recording.record(service.manager, service.contract, EventKind.ACCEPTANCE, today, "验收单")
    with pytest.raises(Refused, match="由运维管理登记"):
        recording.record(service.client, service.contract, EventKind.TEAM, today, "名单")
    with pytest.raises(Refused, match="还没有到"):
        recording.record(service.client, service.contract, EventKind.ACCEPTANCE, today + timedelta(days=1), "验收单")
    with pytest.raises(Refused, match="不超过合同金额"):
        recording.record(service.client, service.contract, EventKind.PAID_1, today, "凭证", amount=Decimal("9e9"))


def test_a_failure_restored_late_shows_at_its_clause(service: Service) -> None:
    assert found(service, "OB23").found.state == IDLE
    service.restored(ago=timedelta(hours=3))
    assert found(service, "OB23").found.state == PROVEN
    assert found(service, "OB22").found.state == LATE
    service.register(ago=timedelta(minutes=5))
    assert "1 件正在计时" in found(service, "OB23").found.sentence


def test_a_report_is_frozen_and_passes_by_fourteen_days_of_silence(service: Service) -> None:
    service.restored(ago=timedelta(minutes=20))
    report = acting.hand_in(service.manager, service.around(), 1, "平稳")
    with pytest.raises(Refused, match="已经提交"):
        acting.hand_in(service.manager, service.around(), 1, "再来")
    with pytest.raises(Refused, match="由运维监督人员办理"):
        acting.receive(service.manager, report.pk)
    with pytest.raises(Refused, match="先签收"):
        acting.question(service.client, report.pk, "数字不对")
    acting.receive(service.client, report.pk)
    assert found(service, "OB30").found.state == WAITING
    Report.objects.filter(pk=report.pk).update(received=timezone.now() - timedelta(days=25))
    assert found(service, "OB30").found.state == PROVEN
    with pytest.raises(Refused, match="视为通过"):
        acting.question(service.client, report.pk, "数字不对")


def test_a_questioned_report_is_answered_by_a_second_version(service: Service) -> None:
    report = acting.hand_in(service.manager, service.around(), 1, "平稳")
    acting.receive(service.client, report.pk)
    acting.question(service.client, report.pk, "缺少满意率")
    second = acting.hand_in(service.manager, service.around(), 1, "已补")
    assert second.version == 2
    with pytest.raises(Refused, match="才结束"):
        acting.hand_in(service.manager, service.around(), 4, "提前")


def test_without_failures_there_is_no_share(service: Service) -> None:
    today = timezone.localdate()
    said = {each.title: each.value for each in figures(service.around(), today, today)}
    assert said["故障"] == "没有发生"
    assert "1 小时内答复" not in said


def test_an_inspection_keeps_every_reading_and_a_probe_that_fails_is_one(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> probes.Measured:
        raise OSError

    monkeypatch.setattr(
        "yizheng.systems.service.inspections.inspecting.PROBES",
        (*probes.PROBES[3:6], probes.Probe("服务器", "磁盘", "80%", broken)),
    )
    made = inspect(service.engineer)
    assert [each.verdict for each in made.readings.all()][-1] == Verdict.FAULT
    assert made.verdict == Verdict.FAULT
    assert "没有测得" in made.readings.last().value


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(0.79, Verdict.NORMAL), (0.8, Verdict.WARNING), (0.89, Verdict.WARNING), (0.9, Verdict.FAULT)],
)
def test_a_limit_is_reached_where_it_says(share: float, verdict: Verdict) -> None:
    assert probes.graded(share, 0.8, 0.9, "").verdict == verdict


def test_pages_open_for_the_three_roles(service: Service, client: Client) -> None:
    service.restored(ago=timedelta(minutes=20))
    inspect(service.engineer)
    report = acting.hand_in(service.manager, service.around(), 1, "平稳")
    for account in (service.engineer, service.manager, service.client):
        client.force_login(account)
        for page in (
            "",
            "orders/",
            "inspections/",
            "obligations/",
            "contract/",
            "contract/lines/",
            "changes/",
            "reports/",
            f"reports/{report.pk}/",
        ):
            assert client.get(f"/service/{page}").status_code == 200, page


def test_a_contract_is_loaded_whole_or_not_at_all(city: object, tmp_path: Path) -> None:
    terms, lines = tmp_path / "contract.toml", tmp_path / "lines.csv"
    terms.write_text(
        'code = "A"\ntitle = "合同"\nclient = "甲"\ncontractor = "乙"\nstarts = 2026-03-01\nends = 2027-02-28\namount = 100\n'
    )
    head = "code,system,section,title,person_months,unit_price\n"
    lines.write_text(f"{head}D01,D,system,运维,2,40\n")
    with pytest.raises(CommandError, match="与合同金额"):
        call_command("service_contract", terms, lines=lines)
    lines.write_text(f"{head}D01,D,system,运维,二,50\n")
    with pytest.raises(CommandError, match="第 2 行不对"):
        call_command("service_contract", terms, lines=lines)
    assert not Contract.objects.exists()
    lines.write_text(f"{head}D01,D,system,运维,2,50\n")
    call_command("service_contract", terms, lines=lines)
    assert Contract.objects.get().lines.count() == 1
    with pytest.raises(CommandError, match="不能重复"):
        call_command("service_contract", terms, lines=lines)
    with pytest.raises(loading.ContractError, match="缺少"):
        loading.read_terms(_without_title(terms))


def _without_title(terms: Path) -> Path:
    terms.write_text('code = "A"\n')
    return terms


def test_the_documents_of_acceptance_are_written_from_records(service: Service, tmp_path: Path) -> None:
    service.restored(ago=timedelta(minutes=20))
    inspect(service.engineer)
    acting.hand_in(service.manager, service.around(), 1, "平稳")
    today = timezone.localdate()
    written = write_all(Period(service.around(), service.contract.starts, today), tmp_path / "out")
    titles = {path.stem.split("_")[1] for path in written}
    assert titles >= {
        "运维服务工单",
        "系统巡检记录",
        "电话、远程服务记录",
        "用户满意度调查报告",
        "运维方案",
        "总结报告",
    }
    assert titles >= {"第 1 季度报告", "第 2 季度报告", "源代码和软件物料移交证明", "交付物移交清单"}
    begins = {".pdf": b"%PDF", ".xlsx": b"PK", ".json": b"{"}
    assert all(path.read_bytes().startswith(begins[path.suffix]) for path in written)


def test_a_period_that_is_none_is_said_so(service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert acceptance.main(["--from", "2030-01-01", "--to", "2029-01-01", "--out", str(tmp_path / "a")]) == 1
    assert acceptance.main(["--from", "昨天", "--out", str(tmp_path / "a")]) == 1
    assert "2026-03-25 的样子" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
