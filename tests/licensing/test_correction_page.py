"""补正: an editor of lines at the desk, the day and the lines wherever the applicant looks, what changed on return."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.shell.test_rule_settings_in_a_browser import looked_at, visit
from yizheng.documents import codes
from yizheng.documents.models import Instrument
from yizheng.documents.verifying.verdicts import Answer, check_code
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.cases import corrections
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.models import Notice

__all__ = ["visit"]

Filled = Callable[..., Case]


@pytest.fixture
def received(draft: Filled, on_its_way: Filled) -> Case:
    return on_its_way(draft(), CaseState.RECEIVED)


def tell(client: Client, acceptor: Account, case: Case, **sent: Any) -> Any:
    return sign_in(client, acceptor).post(f"/desk/cases/{case.number}/correction/", {"revision": case.revision, **sent})


LINES = {"ask": ["field-about-years"], "note-field-about-years": "与证明不一致", "lines": "补交聘用合同\n盖章"}


@pytest.mark.django_db
def test_each_ticked_field_and_each_line_is_an_item(client: Client, received: Case, acceptor: Account) -> None:
    assert tell(client, acceptor, received, **LINES).status_code == 302
    with acting_as_system("test"):
        event = CaseEvent.objects.get(case=received, verb="ask_correction")
    assert event.reason.splitlines() == ["年限：与证明不一致", "补交聘用合同", "盖章"]


@pytest.mark.django_db
def test_nothing_ticked_is_refused_with_what_was_typed_kept(client: Client, received: Case, acceptor: Account) -> None:
    refused = tell(client, acceptor, received, **{"note-field-about-years": "还没写完"})
    assert refused.status_code == 422
    assert "还没写完" in refused.content.decode()


@pytest.mark.django_db
def test_the_applicant_sees_day_and_lines_on_list_case_form_and_message(
    client: Client, received: Case, acceptor: Account, applicant: Account
) -> None:
    tell(client, acceptor, received, **LINES)
    day = long_date(corrections.reply_by(timezone.localdate()))
    sign_in(client, applicant)
    assert f"{day}前交回" in client.get("/my/").content.decode()
    for page in ("", "form/"):
        shown = client.get(f"/my/cases/{received.number}/{page}").content.decode()
        assert f"{day}前" in shown
        assert "补交聘用合同" in shown
    with acting_as_system("test"):
        assert Notice.objects.filter(title=f"申请材料需要补正（3 项），请在{day}前交回").exists()


@pytest.mark.django_db
def test_on_return_the_desk_sees_what_changed_and_no_second_round_is_offered(
    client: Client, received: Case, acceptor: Account, applicant: Account
) -> None:
    tell(client, acceptor, received, **LINES)
    with acting_as(applicant):
        case = Case.objects.get(pk=received.pk)
        case = keep(case, applicant, {"about": {"years": "7"}})
        perform(case, "resubmit", applicant)
    page = sign_in(client, acceptor).get(f"/desk/cases/{received.number}/").content.decode()
    assert "补正交回" in page
    assert "<del>5</del>" in page
    assert "<ins>7</ins>" in page
    assert f"/desk/cases/{received.number}/correction/" not in page
    assert client.get(f"/desk/cases/{received.number}/correction/").status_code == 302


@pytest.mark.django_db
def test_the_code_on_a_notice_verifies_as_the_code_on_a_certificate_does(
    client: Client, received: Case, acceptor: Account
) -> None:
    tell(client, acceptor, received, **LINES)
    with acting_as_system("test"):
        notice = Instrument.objects.get(kind="correction_notice")
    verdict = check_code(codes.grouped(notice.code).lower())
    assert verdict.answer is Answer.VALID
    page = Client().get("/verify/", {"code": codes.grouped(notice.code)}).content.decode()
    assert "补正" in page
    assert "本件真实，现行有效" in page


@pytest.mark.django_db(transaction=True)
def test_the_editor_in_a_browser(visit: Any, received: Case, acceptor: Account, applicant: Account) -> None:
    page = visit(acceptor)
    page.goto(f"/desk/cases/{received.number}/")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("r")
    page.check("input[value=field-about-years]")
    page.fill("[name=note-field-about-years]", "与证明不一致")
    page.fill("#lines", "补交聘用合同")
    looked_at(page, "correction")
    page.reload()
    assert page.input_value("#lines") == "补交聘用合同"
    page.check("input[value=field-about-years]")
    with page.expect_navigation(wait_until="load"):
        page.click("main button.btn-primary")
    looked_at(page, "correction-told")
    mine = visit(applicant)
    mine.goto("/my/")
    looked_at(mine, "my-cases")
    mine.goto(f"/my/cases/{received.number}/form/")
    looked_at(mine, "my-form")
