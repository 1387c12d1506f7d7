"""Rules that change are asked anew of what was handed up; what is locked stays as it was judged."""

from typing import Any

import pytest

from tests.cast import sign_in
from tests.systems.infection.conftest import Ward, case, log
from yizheng.kernel.calendar import beijing_today
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import Problem, RuleRun
from yizheng.systems.infection.reporting import rechecking
from yizheng.systems.infection.rules import declaring
from yizheng.systems.infection.rules.declaring import Finding, Reported
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


def recheck() -> tuple[int, int, int]:
    with acting_as_system("test"):
        return rechecking.recheck(beijing_today())


def problems() -> list[tuple[str, str, bool]]:
    with acting_as_system("test"):
        return list(Problem.objects.order_by("pk").values_list("rule", "state", "error"))


@pytest.fixture
def stricter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that is new tonight: nobody's patient came from far away."""

    def judge(sheet: Reported) -> Any:
        yield from (Finding("DQ08", "新的规则", number, "site") for number, _ in enumerate(sheet.rows))

    monkeypatch.setattr(declaring, "_judges", [*declaring._judges, ("DQ08", frozenset({"case"}), judge)])
    monkeypatch.setattr(rechecking, "fingerprint", lambda: "f" * 64)


def test_a_night_without_another_rule_finds_nothing_and_leaves_no_trace(ward: Ward):
    ward.accepted("case", [case()])
    assert recheck() == (1, 0, 0)
    assert recheck() == (1, 0, 0)
    with acting_as_system("test"):
        assert RuleRun.objects.count() == 1


def test_a_new_rule_is_asked_of_what_was_handed_up_and_its_end_mends_what_it_found(
    ward: Ward, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    ward.accepted("case", [case()])
    with monkeypatch.context():
        request.getfixturevalue("stricter")
        assert recheck() == (1, 1, 0)
        assert recheck() == (1, 0, 0)
    assert problems() == [("DQ08", "open", True)]
    with acting_as_system("test"):
        assert Notice.objects.filter(title__contains="复查发现 1 条").count() == 1
    monkeypatch.undo()
    assert recheck() == (1, 0, 1)
    assert problems() == [("DQ08", "mended", True)]


def test_a_locked_period_and_a_draft_stay_as_they_are(ward: Ward, request: pytest.FixtureRequest):
    ward.act(ward.accepted("case", [case()]), "lock")
    request.getfixturevalue("stricter")
    ward.typed("icu_log", log())
    assert recheck() == (0, 0, 0)
    assert problems() == []


def test_the_ages_are_told_by_hospital_and_a_warning_is_settled_by_an_officer(ward: Ward, client):
    sheet = ward.accepted("case", [case()])
    with acting_as_system("test"):
        said = {
            "subject_id": sheet.subject_id,
            "authority_scope": sheet.authority_scope,
            "sheet": sheet,
            "rule": "DQ34",
        }
        warning = Problem.objects.create(**said, words="比全市偏高", error=False)
        error = Problem.objects.create(**said, words="合计不符", error=True)
    sign_in(client, ward.nurse)
    assert client.post(f"/infection/problems/{error.pk}/answer/", {"answer": "核对过"}).status_code == 422
    assert client.post(f"/infection/problems/{warning.pk}/answer/", {"answer": "核对过"}).status_code == 302
    assert client.post(f"/infection/problems/{warning.pk}/close/").status_code == 403
    sign_in(client, ward.city)
    assert "海淀清河医院" in client.get("/infection/problems/ages/").content.decode()
    assert client.post(f"/infection/problems/{error.pk}/close/").status_code == 422
    assert client.post(f"/infection/problems/{warning.pk}/close/").status_code == 302
    assert problems() == [("DQ34", "closed", False), ("DQ34", "open", True)]


def test_a_hospital_plans_a_further_sheet_and_one_filled_by_file_is_not_emptied_by_its_page(ward: Ward, client):
    sign_in(client, ward.nurse)
    assert client.post("/infection/units/plan/", {"record": "isolate"}).status_code == 302
    assert "病原体和药敏" in client.get("/infection/units/").content.decode()
    many = [case(number) for number in range(201)]
    sheet = ward.typed("case", many)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "共 201 行" in page
    assert 'name="0-site"' not in page
    client.post(f"{sheet.get_absolute_url()}act/", {"revision": "1", "window": "a", "verb": "save"})
    assert ward.sheet("case").rows == many
