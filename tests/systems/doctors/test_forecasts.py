"""A rule thought of is run over the register: who would no longer comply is listed by authority, and nothing changes."""

from datetime import timedelta
from itertools import chain

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.conftest import found
from tests.systems.doctors.standing_doctors import days_ago, person, registered_at
from yizheng.licensing.forecasts import Comparison, run
from yizheng.licensing.models import Forecast, ForecastFailure, RuleValue
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Change
from yizheng.systems.doctors.forecast import FORECAST, REGISTER, one_by_one
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import ENDED
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.models.bar import line as bar_line
from yizheng.work.models import Job

TODAY = timezone.localdate()
PAGE = "/doctors/forecasts/"


class Silent:
    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Nobody looks."""


@pytest.fixture
def register(haidian, chaoyang):
    """Three scopes at the grass roots, a leave of 600 days, and a doctor in the next district with whom nothing is wrong."""
    here = found("海淀区青禾社区卫生服务中心", haidian, "110108", subjects=("02", "03", "04", "07"))
    there = found("朝阳区百子医院", chaoyang, "110105", subjects=("03",), category="A100")
    many = person("程知微", haidian)
    registered_at(many, here, haidian, scopes=["11", "12", "14"])
    left = person("沈一舟", haidian)
    registered_at(left, here, haidian)
    registered_at(left, here, haidian, since=days_ago(600), status="LEFT", institution=None, certified=False)
    fine = person("韩未央", chaoyang)
    registered_at(fine, there, chaoyang)
    return {"many": many, "left": left, "fine": fine}


def forecast(account, **asked) -> Forecast:
    made = Forecast.objects.create(register="doctor", asked_by=account, **{"on": TODAY, **asked})
    run(Silent(), made.pk)
    made.refresh_from_db()
    return made


def failed(made) -> list[tuple[int, str]]:
    with acting_as_system("test"):
        return sorted(ForecastFailure.objects.filter(forecast=made).values_list("subject_id", "check_code"))


@pytest.mark.django_db
def test_another_value_of_a_rule_names_who_falls_out(register, system_admin, haidian):
    before = Change.objects.count()
    made = forecast(system_admin, rule="doctors.grassroots_scopes", value=2)
    assert failed(made) == [(register["many"].subject, "D-S01")]
    assert (made.checked, made.by_authority, made.by_check) == (3, {str(haidian.pk): 1}, {"D-S01": 1})
    assert Change.objects.count() == before
    assert not RuleValue.objects.exists()


@pytest.mark.django_db
def test_a_day_to_come_names_who_will_have_been_away_too_long(register, system_admin):
    assert failed(forecast(system_admin)) == []
    until = TODAY + timedelta(days=100)
    assert failed(forecast(system_admin, on=until)) == []
    assert failed(forecast(system_admin, on=TODAY + timedelta(days=200))) == [(register["left"].subject, "D-M06")]


@pytest.mark.django_db
def test_what_blocks_today_already_is_not_new(register, system_admin):
    RuleValue.objects.create(code="doctors.grassroots_scopes", value=2, valid_from=days_ago(9), article="test")
    assert failed(forecast(system_admin, rule="doctors.grassroots_scopes", value=1)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [("doctors.grassroots_scopes", 1), ("doctors.leave_years", 1), ("", None)])
def test_checked_in_groups_the_register_answers_as_checked_one_by_one(asked, register, haidian, chaoyang):
    """Assistants, a wrong category, two qualifications, a minor, a bar, an ended house: with the cast of the register."""
    here = found("海淀区榆树医院", haidian, "110108", subjects=("03", "04"), category="A100")
    gone = found("海淀区旧址医院", haidian, "110108", subjects=("03",), category="A100")
    for name, held, values in (
        ("路见微", (("2", "clinical"),), {"level": "2"}),
        ("路见远", (("2", "clinical"),), {"level": "2", "place": "110105"}),
        ("路见山", (("1", "stomatology"),), {}),
        ("路见海", (("2", "clinical"), ("1", "clinical")), {"scopes": ["11", "12"]}),
        ("路见川", (("2", "clinical"), ("1", "clinical")), {"scopes": ["11", "12"]}),
        ("路见书", (), {"institution": gone.subject}),
    ):
        registered_at(person(name, haidian, held), here, haidian, certified=False, **values)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        end_licence(change, gone.subject, on=TODAY + timedelta(days=40), status="deregistered")
        change.state(
            RegistrationBar, register["fine"].subject, bar_line("R04", 1), {"ground": "R04"},
            valid_from=TODAY + timedelta(days=30), authority_scope=chaoyang.pk,
        )  # fmt: skip
    day = TODAY + timedelta(days=60)
    with acting_as_system("test"):
        comparison = Comparison.of(FORECAST, day, *asked)
        everybody = Registration.objects.as_of(day).filter(level__in=("1", "2"))
        alone = one_by_one(list(everybody.exclude(status__in=ENDED)))
        groups = list(chain.from_iterable(REGISTER.portions(day)))
        assert answers(groups, comparison) == answers(alone, comparison)
        assert sum(len(each.subjects) for each in groups) == len(alone) == 9
        assert len(groups) < len(alone)
        failing = list(chain.from_iterable(REGISTER.portions(day, comparison)))
        assert answers(failing, comparison) == answers(alone, comparison)
        assert len(failing) < len(groups)


def answers(rows, comparison) -> list[tuple[int, str, str]]:
    return sorted(
        (subject, finding.code, finding.message)
        for each in rows
        for finding in comparison.newly_blocked(each)
        for subject in each.subjects
    )


@pytest.mark.django_db
def test_running_again_keeps_one_list(register, system_admin):
    made = forecast(system_admin, rule="doctors.grassroots_scopes", value=2)
    run(Silent(), made.pk)
    assert len(failed(made)) == 1


@pytest.mark.django_db
def test_a_decider_reads_the_people_of_her_authority_and_an_administrator_the_numbers(
    register, system_admin, decider, other_district_clerk
):
    made = forecast(system_admin, rule="doctors.grassroots_scopes", value=2)
    page = f"{PAGE}{made.pk}/"
    own = sign_in(Client(), decider).get(page)
    assert "程知微" in own.content.decode()
    for account in (other_district_clerk, system_admin):
        answer = sign_in(Client(), account).get(page)
        assert answer.status_code == 200
        assert "程知微" not in answer.content.decode()
        assert "海淀区" in answer.content.decode()
    with acting_as(other_district_clerk):
        assert not ForecastFailure.objects.visible_to(other_district_clerk).exists()
    printed = sign_in(Client(), decider).get(f"/lists/forecast/print/?forecast={made.pk}")
    assert printed.status_code == 200
    assert "程知微" in b"".join(printed).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"on": str(days_ago(1))}, "日期须在今天到"),
        ({"on": str(TODAY), "rule": "doctors.leave_years"}, "请填写拟定的值"),
        ({"on": str(TODAY), "rule": "doctors.other_scopes", "value": "99"}, "值应是 1 到 9"),
    ],
)
def test_what_cannot_be_run_is_told(asked, told, system_admin):
    answer = sign_in(Client(), system_admin).post(PAGE, asked)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Job.objects.exists()


class TestForecasts(AccessMatrix):
    url = PAGE
    readers = ("decider", "other_district_clerk", "city_clerk", "system_admin", "security_admin")
    writers = readers
    posted = {"on": str(TODAY + timedelta(days=30)), "rule": "doctors.leave_years", "value": "1"}

    def state(self):
        return Forecast.objects.count()


class TestForecast(AccessMatrix):
    readers = TestForecasts.readers

    @pytest.fixture
    def address(self, system_admin):
        return f"{PAGE}{Forecast.objects.create(register='doctor', on=TODAY, asked_by=system_admin).pk}/"
