"""Every number of the doctors' rules that an authority may set is a dated setting with its article, at the law's value until then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from yizheng.licensing.rules import declaration
from yizheng.systems.doctors.clocks.numbers import FORMER_CYCLE_YEARS
from yizheng.systems.doctors.village.rules import VillageLimits, VillageParty, may_enter

DAY = timedelta(days=1)
SETTINGS = {
    "doctors.report_days": (30, "physicians_law"),
    "doctors.leave_days": (30, "registration_rules"),
    "doctors.idle_years": (2, "registration_rules"),
    "doctors.training_months": (6, "registration_rules"),
    "doctors.leave_years": (2, "registration_rules"),
    "doctors.interruption_years": (2, "physicians_law"),
    "doctors.individual_years": (5, "physicians_law"),
    "doctors.scope_training_months": (24, "physicians_law"),
    "doctors.bar_years_r02": (2, "physicians_law"),
    "doctors.bar_years_r04": (2, "physicians_law"),
    "doctors.bar_years_r05": (1, "physicians_law"),
    "doctors.bar_years_r11": (3, "physicians_law"),
    "doctors.bar_years_r17": (1, "licensing_law"),
    "doctors.clock_cycle_years": (3, "physicians_law"),
    "doctors.clock_missed_cycles": (2, "registration_rules"),
    "doctors.clock_transplant_years": (3, "transplant_rules"),
    "doctors.assessment_review_days": (30, "physicians_law"),
    "doctors.assessment_least_months": (3, "physicians_law"),
    "doctors.assessment_most_months": (6, "physicians_law"),
    "short_term.hmt_years": (3, "hk_macau_rules"),
    "short_term.foreign_years": (1, "foreign_doctor_rules"),
    "short_term.report_days": (30, "hk_macau_rules"),
    "village.valid_years": (5, "village_doctor_regulation"),
    "village.service_years": (20, "village_doctor_regulation"),
    "village.assessment_years": (2, "village_doctor_regulation"),
    "village.bar_years": (2, "village_doctor_regulation"),
}


@pytest.mark.parametrize(("code", "expected"), SETTINGS.items())
def test_a_number_an_administrator_may_change_is_declared_with_its_article(code, expected):
    rule = declaration(code)
    assert (rule.default, rule.article.statute.key) == expected


def test_what_the_repealed_law_fixed_is_a_constant():
    assert FORMER_CYCLE_YEARS == 2


def test_another_number_of_years_of_service_moves_the_day_a_village_doctor_may_enter():
    served = VillageParty(entry="service", entered_on=date(2003, 7, 1))
    shorter = replace(served, limits=VillageLimits(service_years=15))
    for party, day in ((served, date(2023, 7, 1)), (shorter, date(2018, 7, 1))):
        found = [[each.code for each in may_enter(party, on)] for on in (day - DAY, day, day + DAY)]
        assert found == [["D-V05"], [], []]
