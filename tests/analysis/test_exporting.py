"""An export is an act: with a purpose, agreed to by a second person where people are in it, taken while it may be, and recorded."""

import io
from datetime import timedelta

import fastexcel
import polars as pl
import pytest
from django.test import Client
from django.utils import timezone

from tests.analysis.conftest import World
from tests.analysis.test_asking import PAEDIATRICIANS
from tests.cast import sign_in
from yizheng.analysis.exporting import NotExported, needs_consent, request, take
from yizheng.analysis.keeping import ask
from yizheng.analysis.models import Export, ExportState
from yizheng.analysis.questions import Filter, Question
from yizheng.people.models import Account, AuditEntry
from yizheng.people.rights.grants import Refused
from yizheng.people.scope import acting_as
from yizheng.work.approval import approve
from yizheng.work.models import Approval

pytestmark = pytest.mark.django_db
ROWS = Question("doctors_registration", filters=(Filter("scopes", ("14",)),))


def test_rows_about_people_wait_for_a_second_signature_and_leave_without_names(
    world: World, analyst: Account, second_analyst: Account
) -> None:
    with acting_as(analyst):
        made = request(ask(ROWS, analyst), analyst, form="xlsx", purpose="儿科人力规划", rows_behind=True)
        with pytest.raises(NotExported, match="还没有批准"):
            take(made, analyst)
    with acting_as(second_analyst):
        approve(Approval.objects.get(kind="analysis.export").pk, second_analyst)
    with acting_as(analyst):
        made.refresh_from_db()
        taken = take(made, analyst)
        made.refresh_from_db()
    sheet = fastexcel.read_excel(taken.content).load_sheet(0, header_row=2).to_polars()
    assert (sheet.height, sheet.columns[0]) == (13, "人员化名")
    assert "测1" not in sheet.write_csv()
    assert (made.state, made.rows, made.approver) == (ExportState.TAKEN, 13, second_analyst)
    assert AuditEntry.objects.get(verb="analysis.take_export").detail["digest"] == made.digest


def test_public_figures_leave_at_once_in_every_form_and_not_after_seven_days(world: World, analyst: Account) -> None:
    with acting_as(analyst):
        answered = ask(PAEDIATRICIANS, analyst)
        found = {}
        for form in ("csv", "parquet", "pdf"):
            made = request(answered, analyst, form=form, purpose="会议材料", rows_behind=False)
            found[form] = take(made, analyst).content
        assert "海淀区,8,7,-1,1,2" in found["csv"].decode("utf-8-sig")
        assert pl.read_parquet(io.BytesIO(found["parquet"]))["01 项目"].to_list()[-1] == "合计"
        assert found["pdf"].startswith(b"%PDF")
        Export.objects.filter(pk=made.pk).update(expires=timezone.now() - timedelta(seconds=1))
        made.refresh_from_db()
        with pytest.raises(NotExported, match="已过取走期限"):
            take(made, analyst)
        with pytest.raises(Refused, match="请写明理由"):
            request(answered, analyst, form="csv", purpose=" ", rows_behind=False)
        with pytest.raises(NotExported, match="不能导出为 PDF"):
            request(answered, analyst, form="pdf", purpose="会议材料", rows_behind=True)


def test_consent_is_asked_for_rows_of_people_and_for_what_the_public_may_not_read() -> None:
    assert not needs_consent(PAEDIATRICIANS, rows_behind=False)
    assert needs_consent(PAEDIATRICIANS, rows_behind=True)
    assert needs_consent(Question("doctors_registration", rows="person.age"), rows_behind=False)
    assert not needs_consent(Question("institutions_licence", rows="district"), rows_behind=True)


def test_a_deputy_asks_on_the_page_keeps_the_answer_and_opens_the_rows(
    client: Client, world: World, decider: Account, stranger: Account
) -> None:
    sign_in(client, decider)
    page = client.get("/analysis/ask/?ready=doctors-paediatricians").content.decode()
    assert "合计从 8 到 7，净变化 -1人。" in page
    assert "<svg" in page
    asked = {"dataset": "doctors_registration", "rows": "institution_id.district", "f0": "scopes", "v0": "14"}
    kept = client.post("/analysis/save/", {**asked, "act": "answer", "title": "儿科医师"}, follow=True).content.decode()
    assert "按原切片复算，与留存时相同" in kept
    rows = client.get("/analysis/rows/", {**asked, "rows": ""}).content.decode()
    assert ("共 7 行" in rows, "测1" in rows) == (True, False)
    assert "儿科医师" in client.get("/analysis/").content.decode()
    assert client.get("/analysis/ask/?dataset=nothing").status_code == 422
    said = client.post(
        "/analysis/exports/request/", {**asked, "what": "figures", "form": "csv", "purpose": "会议"}, follow=True
    )
    assert "可以取走" in said.content.decode()
    assert client.post(f"/analysis/exports/{Export.objects.get().pk}/take/").status_code == 200
    assert sign_in(Client(), stranger).get("/analysis/").status_code in (302, 403)
