"""A sheet from the ward to the register: who may do what, what is refused, what came back, what of two at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.infection.conftest import PERIOD, Ward, case, log
from yizheng.people.models import Account, Grant
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.models import Change
from yizheng.systems.infection import jobs
from yizheng.systems.infection.models import AcceptedSheet, Plan, Problem, Sheet, SheetVersion, Unit
from yizheng.systems.infection.reporting import acting
from yizheng.systems.infection.reporting.acting import NotNow
from yizheng.systems.infection.reporting.content import digest_of
from yizheng.systems.infection.reporting.lifecycle import APPROVER, VERBS, SheetState
from yizheng.systems.infection.reporting.plans import due_day, missing
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


def test_a_month_of_intensive_care_becomes_a_fact_of_its_month_under_its_digest(ward: Ward):
    sheet = ward.accepted("icu_log", log())
    assert sheet.state == SheetState.ACCEPTED
    with acting_as_system("test"):
        fact = AcceptedSheet.objects.get()
        version = SheetVersion.objects.get(sheet=sheet)
        position = Change.objects.get(pk=fact.opened).position
    assert (fact.valid_from, fact.rows, fact.version) == (PERIOD, len(log()), 1)
    assert fact.digest == version.digest == digest_of("icu_log", log(), none=False)
    assert version.counts["icu_log.days"] == 8 * len(log())
    assert position is not None


def test_errors_bar_the_way_and_warnings_want_words(ward: Ward):
    wrong = log()
    wrong[3] |= {"cvc": 9}
    sheet = ward.typed("icu_log", wrong)
    with pytest.raises(NotNow, match="1 处错误"):
        ward.act(sheet, "submit")
    rare = case(pathogen="BAC-GP-001", mdro="VRE")
    sheet = ward.typed("case", [rare])
    with pytest.raises(NotNow, match="1 条提示"):
        ward.act(sheet, "submit")
    words = "第 1 行罕见的耐药表型，请写明复核结果"
    sheet = ward.act(sheet, "submit", answers={words: "送市疾控复核，结果一致"})
    with acting_as_system("test"):
        problem = Problem.objects.get()
    assert (problem.state, problem.answer) == ("answered", "送市疾控复核，结果一致")
    sheet = ward.act(ward.act(sheet, "approve"), "pass")
    with acting_as_system("test"):
        assert Problem.objects.get().state == "closed"


def test_nothing_happened_is_said_expressly(ward: Ward):
    sheet = ward.typed("case", [])
    with pytest.raises(NotNow, match="零报告"):
        ward.act(sheet, "submit")
    sheet = ward.accepted("case", [], none=True)
    assert sheet.accepted is not None
    assert sheet.accepted.counts["case.episodes"] == 0


def test_what_came_back_is_mended_and_goes_up_again(ward: Ward):
    sheet = ward.typed("icu_log", log())
    for verb in ("submit", "approve"):
        sheet = ward.act(sheet, verb)
    with pytest.raises(NotNow, match="理由"):
        ward.act(sheet, "return")
    sheet = ward.act(sheet, "return", reason="六月起床位为 12，请核对在住人数")
    assert sheet.state == SheetState.RETURNED
    sheet = ward.accepted("icu_log", log(present=9))
    assert sheet.version is not None
    assert sheet.version.number == 2
    with acting_as_system("test"):
        assert AcceptedSheet.objects.get().version == 2


def test_a_correction_is_a_new_version_and_the_old_one_stands_until_it_is_accepted(ward: Ward):
    ward.accepted("icu_log", log())
    ward.act(ward.sheet("icu_log"), "correct", reason="漏记一名患者")
    ward.typed("icu_log", log(present=9))
    with acting_as_system("test"):
        assert AcceptedSheet.objects.current().get().version == 1
    ward.accepted("icu_log", log(present=9))
    with acting_as_system("test"):
        assert [each.version for each in AcceptedSheet.objects.order_by("id")] == [1, 2]
        assert AcceptedSheet.objects.current().get().version == 2


def test_who_handed_up_does_not_review_it_herself(ward: Ward):
    sheet = ward.act(ward.typed("icu_log", log()), "submit")
    Grant.objects.create(account=ward.nurse, role=APPROVER, scope=ward.hospital)
    with acting_as(ward.nurse), pytest.raises(NotNow):
        acting.perform(sheet, "approve", ward.nurse)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_belongs_to_its_role_over_its_scope(
    ward: Ward, institution_operator: Account, decider: Account, verb: str
):
    sheet = ward.sheet("icu_log")
    sheet.state = VERBS[verb].begins[0]
    holders = {"nurse": ward.nurse, "approver": ward.approver, "district": ward.district, "city": ward.city}
    expected = {"submit": "nurse", "withdraw": "nurse", "correct": "nurse", "approve": "approver", "send_back": "approver",
                "return": "district", "pass": "district"}.get(verb, "city")  # fmt: skip
    assert [name for name, account in holders.items() if acting.may(sheet, VERBS[verb], account)] == [expected]
    assert not any(acting.may(sheet, VERBS[verb], each) for each in (institution_operator, decider))
    for state in set(SheetState) - set(VERBS[verb].begins):
        sheet.state = state
        assert not acting.may(sheet, VERBS[verb], holders[expected])


def test_of_two_who_hand_up_at_once_one_is_told(ward: Ward):
    first = ward.typed("icu_log", log())
    second = ward.sheet("icu_log")
    with acting_as(ward.nurse):
        acting.perform(first, "submit", ward.nurse)
        with pytest.raises(NotNow, match="已由他人办理"):
            acting.perform(second, "submit", ward.nurse)
    with acting_as_system("test"):
        assert SheetVersion.objects.count() == 1


def test_a_second_window_is_told_and_its_own_window_is_not(ward: Ward):
    sheet = ward.sheet("icu_log")
    with acting_as(ward.nurse):
        acting.save_draft(sheet, ward.nurse, log(), none=False, revision=0, window="a")
        acting.save_draft(sheet, ward.nurse, log(), none=False, revision=0, window="a")
        with pytest.raises(NotNow, match="另一个窗口"):
            acting.save_draft(sheet, ward.nurse, log(present=1), none=False, revision=0, window="b")


def test_a_month_is_missing_from_the_day_after_it_was_due(ward: Ward):
    due = due_day(PERIOD)
    with acting_as(ward.district):
        assert missing(ward.district, PERIOD, due) == []
        assert len(missing(ward.district, PERIOD, due + timedelta(days=1))) == 7
    ward.accepted("case", [], none=True)
    with acting_as(ward.district):
        left = missing(ward.district, PERIOD, due + timedelta(days=1))
    assert "case" not in {each.plan.record for each in left}
    assert len(left) == 6


def test_the_ward_types_in_its_grid_and_the_officer_sees_it_only_once_it_left_the_hospital(ward: Ward, client):
    sheet = ward.sheet("icu_log")
    address = sheet.get_absolute_url()
    cells = {f"{number}-{name}": str(value) for number, row in enumerate(log()) for name, value in row.items()}
    sign_in(client, ward.nurse)
    assert "抄上一行" in client.get(address).content.decode()
    answer = client.post(f"{address}save/", {**cells, "0-cvc": "20", "revision": "0", "window": "a"}).content.decode()
    assert "1 日中央导管 20 多于在住 8" in answer
    answer = client.post(f"{address}act/", {**cells, "revision": "0", "window": "a", "verb": "submit"})
    assert answer.status_code == 302
    assert ward.sheet("icu_log").state == SheetState.SUBMITTED
    sign_in(client, ward.district)
    assert client.get(address).status_code == 404
    ward.act(sheet, "approve")
    assert client.get(address).status_code == 200


def test_outside_the_hospital_patients_are_masked(ward: Ward, client):
    ward.act(ward.act(ward.typed("case", [case(number=1)]), "submit"), "approve")
    address = ward.sheet("case").get_absolute_url()
    assert "ZY00001" in sign_in(client, ward.nurse).get(address).content.decode()
    seen = sign_in(client, ward.city).get(address).content.decode()
    assert "ZY00001" not in seen
    assert "1960-05-04" not in seen


def test_another_hospital_and_another_district_see_nothing(ward: Ward, another_institution, chaoyang):
    with acting_as(another_institution.operator):
        assert not Sheet.objects.exists()


def test_outside_the_hospital_nothing_is_seen_that_its_reviewer_has_not_passed(ward: Ward, client):
    ward.accepted("icu_log", log())
    ward.act(ward.sheet("icu_log"), "correct", reason="漏记一名患者")
    ward.act(ward.typed("icu_log", log(present=9)), "submit")
    address = ward.sheet("icu_log").get_absolute_url()
    sign_in(client, ward.city)
    assert ">9<" not in client.get(address).content.decode()
    assert "第 2 版" not in client.get(address).content.decode().partition("ward-versions")[2]
    ward.act(ward.sheet("icu_log"), "send_back", reason="再核对")
    assert ">9<" not in client.get(address).content.decode()
    ward.act(ward.act(ward.sheet("icu_log"), "submit", reason="核对无误"), "approve")
    assert ">9<" in client.get(address).content.decode()


def test_what_came_back_says_why_at_its_head_and_is_not_sent_again_unchanged_without_a_word(ward: Ward, client):
    sheet = ward.typed("icu_log", log())
    for verb in ("submit", "approve"):
        sheet = ward.act(sheet, verb)
    ward.act(sheet, "return", reason="请核对在住人数")
    page = sign_in(client, ward.nurse).get(sheet.get_absolute_url()).content.decode()
    assert page.index("请核对在住人数") < page.index("ward-grid")
    with pytest.raises(NotNow, match="相同"):
        ward.act(sheet, "submit")
    assert ward.act(sheet, "submit", reason="按交班本核对无误").state == SheetState.SUBMITTED


def test_an_empty_sheet_is_not_praised_and_a_saved_one_says_when(ward: Ward, client):
    sheet = ward.sheet("case")
    page = sign_in(client, ward.nurse).get(sheet.get_absolute_url()).content.decode()
    assert "还没有填写" in page
    assert "尚未保存" in page
    ward.typed("case", [case()])
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "尚未保存" not in page
    assert "删除这一行" in page


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "1999-12", "x"])
def test_a_month_that_cannot_be_is_the_usual_one(ward: Ward, client, month: str):
    sign_in(client, ward.nurse)
    for address in ("/infection/", "/infection/missing/"):
        assert f"{PERIOD:%Y年}{PERIOD.month}月" in client.get(address, {"month": month}).content.decode()


def test_a_locked_sheet_says_who_unlocks_it_and_nothing_chosen_is_nothing_done(ward: Ward, client):
    ward.act(ward.accepted("case", [], none=True), "lock")
    with pytest.raises(NotNow, match="解除锁定"):
        ward.act(ward.sheet("case"), "correct", reason="漏报")
    answer = sign_in(client, ward.district).post("/infection/decide/", {"verb": "pass"}, follow=True)
    assert "没有选报表" in answer.content.decode()


def test_a_hundred_and_fifty_cases_are_saved_and_handed_up_from_the_page(ward: Ward, client):
    rows = [case(number) for number in range(150)]
    sheet = ward.typed("case", rows)
    cells = {
        f"{at}-{name}": "" if value is None else str(value)
        for at, row in enumerate(rows)
        for name, value in row.items()
    }
    answer = sign_in(client, ward.nurse).post(
        f"{sheet.get_absolute_url()}act/", {**cells, "revision": "1", "window": "a", "verb": "submit"}
    )
    assert answer.status_code == 302
    assert ward.sheet("case").state == SheetState.SUBMITTED


def test_an_untouched_log_opens_without_reproach(ward: Ward, client):
    sheet = ward.sheet("icu_log")
    assert "处错误" not in sign_in(client, ward.nurse).get(sheet.get_absolute_url()).content.decode()
    ward.typed("icu_log", [{**log()[0], "cvc": None}, *sheet.rows[1:]])
    assert "处错误" in client.get(sheet.get_absolute_url()).content.decode()


def test_a_unit_is_renamed_and_reports_to_its_last_month(ward: Ward, client):
    sign_in(client, ward.nurse)
    address = f"/infection/units/{ward.unit.pk}/"
    assert client.post(address, {"name": "", "beds": 0}).status_code == 422
    assert client.post(address, {"name": "重症医学科", "beds": 14, "last": f"{PERIOD:%Y-%m}"}).status_code == 302
    assert "重症医学科" in client.get("/infection/units/").content.decode()
    with acting_as_system("test"):
        assert {each.last for each in Plan.objects.filter(unit=ward.unit)} == {PERIOD}
    wide = {"code": "ＮＩＣＵ", "name": "新生儿", "kind": "newborn", "beds": 8}
    client.post("/infection/units/add/", wide)
    with acting_as_system("test"):
        assert Unit.objects.filter(code="NICU").exists()


def test_in_time_is_what_left_the_hospital_in_time(ward: Ward):
    sheet = ward.act(ward.typed("case", [], none=True), "submit")
    assert sheet.submitted is None
    sheet = ward.act(sheet, "approve")
    first = sheet.submitted
    assert first is not None
    ward.act(sheet, "return", reason="核对")
    assert ward.accepted("case", [case()]).submitted == first


def test_a_reminder_that_was_missed_is_sent_later_and_once(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    due = due_day(PERIOD)
    for day, told in ((due, 0), (due + timedelta(days=3), 1), (due + timedelta(days=4), 1)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        with acting_as_system("test"):
            jobs.remind()
            assert Notice.objects.filter(title__contains="监测报表没有上报").count() == told
