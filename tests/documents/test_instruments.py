"""Instruments: each kind prints what the law wants told, numbered, signed, sealed until opened."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from tests.documents.conftest import ISSUED
from tests.documents.signatures import check_pdf
from yizheng.documents import compensation, instruments, numbers
from yizheng.documents.authorities import UnknownAuthority, authority
from yizheng.documents.declarations import PAGES, InstrumentKind, UnfitFields, declare, instrument_kinds
from yizheng.documents.models import Instrument
from yizheng.documents.opening import open_document
from yizheng.documents.paper import qr
from yizheng.documents.verifying.verdicts import Answer, check
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_key")]

OFFICE = "110108"
CASE = {"addressee": "林知遥", "item": "医师首次执业注册", "case_number": "26-004109"}
APPLIED, ACCEPTED = date(2026, 4, 18), date(2026, 4, 24)
REMEDIES = {"review_body": "北京市海淀区人民政府"}

PARTICULARS: dict[str, dict[str, Any]] = {
    "acceptance_notice": {
        "applied_on": APPLIED,
        "accepted_on": ACCEPTED,
        "statutory_days": "20 个工作日",
        "due_on": date(2026, 5, 25),
    },
    "correction_notice": {"received_on": APPLIED, "points": ["照片：背景不是白色。", "聘用证明：未加盖公章。"]},
    "non_acceptance": {"received_on": APPLIED, "reasons": ["申请事项不属于本机关职权范围。"], **REMEDIES},
    "grant": {"applied_on": APPLIED, "accepted_on": ACCEPTED, "articles": ["《中华人民共和国医师法》第十三条"]},
    "refusal": {
        "applied_on": APPLIED,
        "accepted_on": ACCEPTED,
        "reasons": ["培训只有五个月。", "聘用证明已过期。"],
        "articles": ["《中华人民共和国医师法》第十六条"],
        **REMEDIES,
    },
    "withdrawal": {"applied_on": APPLIED, "withdrawn_on": date(2026, 4, 30)},
    "extension_notice": {"accepted_on": ACCEPTED, "reason": "需要向外地核实", "due_on": date(2026, 6, 8)},
    "procedure_notice": {"accepted_on": ACCEPTED, "procedure": "专家评审", "needed_days": 15},
}

TOLD: dict[str, tuple[str, ...]] = {
    "acceptance_notice": (
        "自2026年4月24日起受理",
        "第三十二条第一款第（五）项",
        "20个工作日内作出决定",
        "最迟于2026年5月25日",
    ),
    "correction_notice": (
        "需要补正的全部内容一次告知如下",
        "（一）照片",
        "（二）聘用证明",
        "第三十二条第一款第（四）项",
    ),
    "non_acceptance": ("决定不予受理", "第三十二条第一款第（二）项", "六十日内", "六个月内"),
    "grant": ("决定准予医师首次执业注册", "《中华人民共和国医师法》第十三条", "第三十八条第一款"),
    "refusal": (
        "（一）培训只有五个月",
        "《中华人民共和国医师法》第十六条",
        "第三十八条第二款",
        "决定不予许可",
        "六十日内向北京市海淀区人民政府申请行政复议",
        "六个月内依法向人民法院提起行政诉讼",
    ),
    "withdrawal": ("申请撤回", "终止办理"),
    "extension_notice": ("因需要向外地核实", "第四十二条第一款", "延长十个工作日", "最迟于2026年6月8日"),
    "procedure_notice": ("专家评审", "15个工作日", "第四十五条"),
}


def issue(clerk: Account, addressee: Account, kind: str, **changed: Any) -> Instrument:
    assert addressee.subject_id is not None
    office = authority(OFFICE)
    with acting_as(clerk):
        draft = instruments.Draft(
            kind,
            subject_id=addressee.subject_id,
            authority_scope=clerk.grants.get().scope_id,
            issuer=office.name,
            mark=office.mark,
            case_ref="case:1",
            issued_on=ISSUED,
            fields={**CASE, **PARTICULARS.get(kind, {}), **changed.pop("fields", {})},
            **changed,
        )
        return instruments.issue_many([draft])[0]


def printed(instrument: Instrument, reader: Account) -> str:
    with acting_as(reader):
        page = open_document(instrument)
    assert check_pdf(page).valid
    return "".join(re.sub(r"\s", "", sheet.extract_text()) for sheet in PdfReader(BytesIO(page)).pages)


def test_every_shared_kind_is_tried_here() -> None:
    shared = {kind.code for kind in instrument_kinds() if kind.page.name != "notice.typ"}
    assert shared == set(PARTICULARS) == set(TOLD)


@pytest.mark.parametrize("kind", sorted(PARTICULARS))
def test_an_instrument_tells_what_the_law_wants_told(kind: str, acceptor: Account, applicant: Account) -> None:
    instrument = issue(acceptor, applicant, kind)
    text = printed(instrument, applicant)
    for words in (*TOLD[kind], "林知遥：", "北京市海淀区卫生健康委员会", "2026年5月22日", instrument.number):
        assert words in text, words


def test_numbers_follow_each_other_by_kind_and_year(decider: Account, applicant: Account) -> None:
    made = [issue(decider, applicant, kind).number for kind in ("grant", "grant", "refusal")]
    assert made == ["海卫医许准〔2026〕000001号", "海卫医许准〔2026〕000002号", "海卫医许不〔2026〕000001号"]


def test_the_fields_lie_sealed(decider: Account, applicant: Account) -> None:
    issue(decider, applicant, "refusal")
    with connection.cursor() as cursor, acting_as(decider):
        cursor.execute("select to_jsonb(i)::text from documents_instrument i")
        row = cursor.fetchone()[0]
    assert "林知遥" not in row
    assert "培训" not in row


def test_a_refusal_copied_to_the_institution_is_seen_by_it_and_no_other(
    decider: Account,
    applicant: Account,
    stranger: Account,
    other_district_clerk: Account,
    institution_operator: Account,
) -> None:
    copied = issue(decider, applicant, "refusal", institution_scope=institution_operator.grants.get().scope_id)
    kept = issue(decider, applicant, "grant")

    def seen(account: Account) -> set[int]:
        with acting_as(account):
            return set(Instrument.objects.visible_to(account).values_list("pk", flat=True))

    assert seen(applicant) == seen(decider) == {copied.pk, kept.pk}
    assert seen(institution_operator) == {copied.pk}
    assert seen(stranger) == seen(other_district_clerk) == set()


def test_an_instrument_can_be_checked_by_its_code_until_it_is_undone(decider: Account, applicant: Account) -> None:
    instrument = issue(decider, applicant, "grant", change_id=5)
    assert check(qr.payload(instrument)).answer is Answer.VALID
    with acting_as(decider):
        assert [act.number for act in compensation.to_rollback(5).acts()] == [instrument.number]
        compensation.to_rollback(5).carry_out(by=6, on=date(2026, 6, 1))
    verdict = check(qr.payload(instrument))
    assert verdict.answer is Answer.REVOKED
    assert verdict.document is not None
    assert verdict.document.status_word == "更正回退"


def test_an_instrument_stays_as_it_was_issued(decider: Account, applicant: Account) -> None:
    issue(decider, applicant, "grant")
    for statement in ("update documents_instrument set sealed = ''", "delete from documents_instrument"):
        with acting_as(decider), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_failed_act_issues_nothing_and_gives_no_number(decider: Account, applicant: Account) -> None:
    with transaction.atomic():
        issue(decider, applicant, "grant")
        transaction.set_rollback(True)
    assert issue(decider, applicant, "grant").number.endswith("000001号")


def test_missing_and_unknown_fields_are_refused_before_a_number_is_taken(
    decider: Account, applicant: Account, haidian: Scope
) -> None:
    with pytest.raises(UnfitFields, match="nickname"):
        issue(decider, applicant, "grant", fields={"nickname": "x"})
    with transaction.atomic():
        assert numbers.allocate(numbers.INSTRUMENT_SERIES, "海卫医许准/2026", given_to="t") == 1


def test_an_upper_room_adds_a_kind_by_declaring_it(decider: Account, applicant: Account) -> None:
    kind = InstrumentKind(
        "test_hearing_notice",
        "听",
        "{item}听证告知书",
        PAGES / "notice.typ",
        frozenset({"addressee", "item", "case_number", "paragraphs"}),
        {"you": "你", "copies": (), "review_body": None, "review_channel": None, "court": "人民法院"},
    )
    declare(kind)
    declare(kind)
    with pytest.raises(ValueError, match="two kinds"):
        declare(InstrumentKind("test_hearing_notice", "听", "另一种", kind.page, kind.fields))
    text = printed(issue(decider, applicant, kind.code, fields={"paragraphs": ["你有权要求听证。"]}), applicant)
    assert "医师首次执业注册听证告知书" in text
    assert "你有权要求听证。" in text


def test_every_jurisdiction_has_its_authority(city: Scope) -> None:
    for code in Scope.objects.filter(kind__in=["city", "district"]).values_list("code", flat=True):
        assert authority(code).name
        assert authority(code).review_body.endswith("人民政府")


def test_marks_differ_so_that_document_numbers_do(city: Scope) -> None:
    codes = list(Scope.objects.filter(kind__in=["city", "district"]).values_list("code", flat=True))
    assert len({authority(code).mark for code in codes}) == len(codes)
    with pytest.raises(UnknownAuthority):
        authority("990000")
