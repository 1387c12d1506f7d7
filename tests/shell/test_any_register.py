"""A register that only declares its clocks and its forecast has the calendar, warnings, proposals and forecast pages."""

import time
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import new_account, sign_in
from tests.systems.doctors.test_clocks import filed, write
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing import forecasts, rules
from yizheng.licensing.deadlines import clocks
from yizheng.licensing.deadlines.clocks import Clock, RegisterClocks
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.findings import check, refuse
from yizheng.licensing.forecasts import ForecastKind
from yizheng.licensing.forecasts import run as run_forecast
from yizheng.licensing.models import Deadline, Forecast, Proposal
from yizheng.licensing.ports import consequences
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing, registers
from yizheng.registry.registers import Register
from yizheng.shell.deadlines import coming
from yizheng.systems.doctors.models import InstitutionFiling
from yizheng.systems.doctors.register import DOCTORS
from yizheng.work.models import Notice

TODAY = timezone.localdate()
DAY = timedelta(days=1)
NURSES = Register("nurse", "护士")
OF_NURSES = RegisterClocks(register=NURSES, parameters=lambda on: {"months": 2})
RENEWAL = Clock(
    of=OF_NURSES,
    code="nurse_renewal",
    title="护士延续注册",
    article=registration_rules(10),
    warn_days=30,
    sentence="{institution}的护士须延续注册",
    fact=InstitutionFiling,
    fires_on="(fact.valid_from + make_interval(months => %(months)s))::date",
    act=ProposedAct("doctor_suspension_end"),
)


@pytest.fixture
def nurses(monkeypatch) -> Register:
    """A register of nurses, for one test."""
    for module in (clocks, rules, forecasts, registers):
        monkeypatch.setattr(module, "_declared", dict(module._declared))
    monkeypatch.setattr(consequences, "_acts", dict(consequences._acts))
    return registers.declare(NURSES)


@pytest.fixture
def nurse(db, nurses, institution, haidian) -> Account:
    """A nurse with something that falls due in forty days."""
    clocks.declare(RENEWAL)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        subject = change.subject("person")
    write(
        InstitutionFiling, subject, "nurse:1", filed(institution),
        on=date(TODAY.year, TODAY.month, 1), scope=haidian,
    )  # fmt: skip
    return new_account(AccountKind.INDIVIDUAL, "林知夏", subject=subject)


@pytest.fixture
def due(nurse) -> date:
    """The day on which the clock fires."""
    with acting_as_system("test"):
        recompute(TODAY)
        return Deadline.objects.get(clock=RENEWAL.code).fires_on


def test_its_clock_is_on_the_page_and_in_its_own_coming_list(client: Client, due, acceptor, institution):
    page = sign_in(client, acceptor).get("/deadlines/").content.decode()
    assert "护士延续注册" in page
    assert f"{institution.scope.name}的护士须延续注册" in page
    with acting_as(acceptor):
        assert [each.clock for each in coming(acceptor, TODAY, NURSES)] == [RENEWAL.code]
        assert not coming(acceptor, TODAY, DOCTORS).exists()


def test_it_is_warned_of_by_a_rule_of_its_own_register_and_then_proposed(due, nurse, reviewer, client):
    assert rules.declaration("nurse.clock_warn_nurse_renewal").default == 30
    with acting_as_system("test"):
        run(due - 30 * DAY)
        assert Notice.objects.filter(account=nurse, kind="deadline").exists()
        run(due)
        made = Proposal.objects.get(consequence="nurse.clock.nurse_renewal")
    assert made.register == "nurse"
    assert made.title in sign_in(client, reviewer).get("/proposals/").content.decode()


@check("N-SAMPLE", registration_rules(10), title="在册满一年")
def a_year_registered(asked: date, on: date):
    if on >= asked:
        yield refuse("", f"{asked}起须重新注册")


@dataclass(frozen=True)
class OneNurse:
    """A registration that holds until a day."""

    subjects: tuple[int, ...]
    institution: int | None
    authority_scope: int
    level: str = ""

    def on(self, day: date) -> date:
        return day


class Silent:
    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Nobody looks."""


def test_its_forecast_has_a_page_of_its_own(client: Client, nurse, haidian, institution, decider):
    until = TODAY + 10 * DAY
    row = OneNurse((nurse.subject_id or 0,), institution.subject.pk, haidian.pk)
    forecasts.declare(
        ForecastKind(
            register=NURSES,
            checks=(a_year_registered,),
            rules="nurse.",
            day=lambda on, found: until,
            count=lambda on: 1,
            portions=lambda on, comparison: iter([[row]]),
        )
    )
    asked = Forecast.objects.create(register="nurse", on=until, asked_by=decider)
    run_forecast(Silent(), asked.pk)
    page = sign_in(client, decider).get(f"/nurses/forecasts/{asked.pk}/").content.decode()
    assert "不再符合：在册满一年" in page
    assert f"{until}起须重新注册" in page
    assert "护士延续注册：提前多久提醒" in client.get("/nurses/forecasts/").content.decode()
    assert client.get(f"/doctors/forecasts/{asked.pk}/").status_code == 404
    assert client.get("/midwives/forecasts/").status_code == 404


def test_what_was_just_written_is_compared_in_no_more_time_than_it_took_to_write(
    monkeypatch, nurses, person_with_many_lines
):
    """Nobody has gathered statistics since; the plan must not depend on that."""
    with acting_as_system("test"):
        began = time.perf_counter()
        assert recompute(TODAY) == 50 * 400
        written = time.perf_counter()
        assert recompute(TODAY) == 50 * 400
        assert time.perf_counter() - written < 2 * (written - began) + 1


@pytest.fixture
def person_with_many_lines(db, nurses, institution, haidian, monkeypatch) -> None:
    """Fifty lines, each with a deadline on four hundred days."""
    monkeypatch.setattr(clocks, "_declared", {})
    clocks.declare(
        Clock(
            of=OF_NURSES,
            code="many",
            title="许多",
            article=registration_rules(10),
            warn_days=30,
            sentence="到期",
            fact=InstitutionFiling,
            joins="cross join generate_series(0, 399) as ahead(days)",
            fires_on="%(today)s::date + ahead.days",
        )
    )
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        subject = change.subject("person")
        for number in range(50):
            change.state(
                InstitutionFiling, subject, f"nurse:{number}", filed(institution),
                valid_from=date(2025, 1, 1), authority_scope=haidian.pk,
            )  # fmt: skip
