"""Every declared list prints and exports, under the guard of its page, and leaves a trace."""

import io

import pytest
from django.test import Client

from tests.cast import sign_in
from tests.documents.test_spreadsheets import read
from tests.matrix import AccessMatrix, member
from yizheng.people import audit, tables
from yizheng.people.models import Account, AuditEntry
from yizheng.shell import leaving

OFFICE = (
    "institution", "another_institution", "acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk",
    "inspector",
)  # fmt: skip
READERS = {
    "accounts": ("system_admin", "security_admin"),
    "grants": ("system_admin", "security_admin"),
    "audit": ("audit_admin",),
    "rules": ("system_admin", "security_admin"),
    "worklist": OFFICE,
    "institutions": OFFICE,
    "doctors": OFFICE,
    "proposals": ("reviewer", "decider", "other_district_clerk", "city_clerk"),
}
EVERYBODY = frozenset({"jobs", "inbox"})
"""Lists of one's own, which every account has."""


def exported(client: Client, code: str, query: str = "") -> list[list[str]]:
    answer = client.get(f"/lists/{code}/export/{query}")
    assert answer.status_code == 200
    return read(io.BytesIO(answer.getvalue()))


@pytest.mark.django_db
def test_no_list_is_given_to_a_visitor_nor_to_who_keeps_the_records(client: Client, security_admin: Account) -> None:
    office = [kind.code for kind in tables.declared() if kind.code not in EVERYBODY]
    assert set(READERS) <= set(office)
    assert {client.get(f"/lists/{code}/export/").status_code for code in office} == {302}
    sign_in(client, security_admin)
    for code in set(office) - {"accounts", "grants", "rules", "service_matters"}:
        assert client.get(f"/lists/{code}/print/").status_code in {302, 403, 404}, code


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["print", "export"])
@pytest.mark.parametrize("code", sorted([*READERS, *EVERYBODY]))
def test_a_list_is_guarded_as_its_page_is(client: Client, request: pytest.FixtureRequest, code: str, act: str) -> None:
    readers = READERS.get(code, OFFICE)
    for name in {readers[0], "acceptor", "analyst", "stranger", "audit_admin"}:
        answer = sign_in(Client(), member(request, name)).get(f"/lists/{code}/{act}/")
        expected = {200} if name in readers or code in EVERYBODY else {302, 403}
        if answer.streaming:
            answer.getvalue()
        assert answer.status_code in expected, name
    assert client.get(f"/lists/{code}/{act}/").status_code == 302


class TestPrintedWorklist(AccessMatrix):
    url = "/lists/worklist/print/"
    readers = OFFICE
    refused = frozenset({302, 403, 404, 405})


@pytest.mark.django_db
def test_a_file_has_chinese_heads_and_says_who_took_it_when_and_how_filtered(
    client: Client, audit_admin: Account, applicant: Account
) -> None:
    audit.record(applicant, "sign_in", f"account:{applicant.pk}")
    rows = exported(sign_in(client, audit_admin), "audit", "?verb=sign_in&actor=" + applicant.username)
    assert rows[0] == [f"审计记录　行为：登录　用户名：{applicant.username}"]
    assert rows[1][0].startswith("王审计 导出于 ")
    assert rows[2] == ["时间", "操作人", "行为", "对象", "详情"]
    assert [row[2] for row in rows[3:]] == ["登录"]


@pytest.mark.django_db
def test_taking_a_list_is_recorded_without_what_was_typed(client: Client, audit_admin: Account) -> None:
    exported(sign_in(client, audit_admin), "audit", "?verb=sign_in&actor=linzhixia")
    entry = AuditEntry.objects.get(verb="list.export")
    assert entry.actor == audit_admin
    assert entry.object_ref == "list:audit"
    assert entry.detail["verb"] == "sign_in"
    assert entry.detail["actor"] == "（有）"
    assert entry.detail["rows"] == 0
    assert len(entry.detail["digest"]) == 64


@pytest.mark.django_db
def test_a_printed_list_is_cut_and_says_so(
    client: Client, audit_admin: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        audit.record(audit_admin, "sign_out", f"account:{audit_admin.pk}")
    monkeypatch.setattr(leaving, "MOST_PRINTED", 2)
    page = sign_in(client, audit_admin).get("/lists/audit/print/?verb=sign_out").content.decode()
    assert "只印前 2 行" in page
    assert page.count("<td>退出</td>") == 2


@pytest.mark.django_db
def test_a_file_is_cut_and_says_so(client: Client, audit_admin: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        audit.record(audit_admin, "sign_out", f"account:{audit_admin.pk}")
    monkeypatch.setattr(leaving, "MOST_EXPORTED", 2)
    rows = exported(sign_in(client, audit_admin), "audit", "?verb=sign_out")
    assert rows[-1] == ["只含前 2 行，请缩小范围后再导出"]
    assert len(rows) == 2 + 1 + 2 + 1


@pytest.mark.django_db
def test_an_unknown_list_is_not_found(client: Client, audit_admin: Account) -> None:
    assert sign_in(client, audit_admin).get("/lists/nothing/export/").status_code == 404
