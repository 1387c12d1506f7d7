"""Every number of the nurses' rules is a dated setting, or a constant of the regulation that no administrator may change."""

import pytest

from yizheng.licensing.rules import declaration
from yizheng.systems.nurses import terms

SETTINGS = {
    "nurses.course_years": 3,
    "nurses.internship_months": 8,
    "nurses.fresh_years": 3,
    "nurses.training_months": 3,
    "nurses.revoked_years": 2,
    "nurses.concealed_years": 1,
    "nurses.deceit_years": 3,
    "nurses.number_kept": 1,
    "nurses.suspension_bars": 1,
    "nurses.renewal_opens_months": 3,
    "nurses.renewal_continuous": 1,
    "nurses.exam_pass_points": 300,
    "nurse.clock_warn_nurse_term": 180,
    "nurse.clock_warn_nurse_late": 180,
    "nurse.clock_warn_nurse_interrupted": 180,
    "nurse.clock_warn_nurse_bar": 30,
}


@pytest.mark.parametrize(("code", "default"), SETTINGS.items())
def test_a_number_an_administrator_may_change_is_declared_with_its_article(code, default):
    rule = declaration(code)
    assert (rule.default, bool(rule.article)) == (default, True)


def test_what_the_regulation_fixes_is_a_constant():
    assert (terms.TERM_YEARS, terms.DAYS_BEFORE_END) == (5, 30)
