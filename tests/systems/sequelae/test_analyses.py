"""Statistics of a small closed group, through the door that pages share."""

import pytest

from tests.systems.sequelae.door import asked, one
from yizheng.kernel.calculators import BadInput


def test_a_series_of_a_hundred_rising_values():
    (told,) = asked("mann_kendall", *({"series": "a", "value": value} for value in range(1, 101)))
    assert (told["s"], told["var_s"], told["tau_a"], told["sen_slope"]) == ("4950", "112750.0", "1.0", "1.0")
    assert float(told["z"]) == pytest.approx(14.739, abs=1e-3)
    (flat,) = asked("mann_kendall", {"series": "b", "value": 3}, {"series": "b", "value": 3})
    assert (flat["z"], flat["p"], flat["sen_lower"]) == ("0.0", "1.0", "0.0")
    (single,) = asked("mann_kendall", {"series": "c", "value": 3})
    assert (single["tau_a"], single["sen_slope"]) == ("", "")


def test_a_proportion_without_a_case_has_no_trend():
    rows = [{"set": "a", "score": score, "events": 0, "total": 10} for score in range(3)]
    (told,) = asked("proportion_trend", *rows)
    assert set(told.values()) == {"a", ""}


def two_groups(first, second):
    pairs = [("a", value) for value in first] + [("b", value) for value in second]
    return asked("two_groups", *({"set": "s", "group": group, "value": value} for group, value in pairs))[0]


def test_ties_leave_no_exact_probability_and_equal_values_no_test():
    assert two_groups((1, 2, 2), (2, 4))["mw_p_exact"] == ""
    equal = two_groups((2, 2), (2, 2))
    assert (equal["student_t"], equal["mw_p"], equal["cliff_delta"]) == ("", "", "0.0")
    assert two_groups((1,), (2, 3))["welch_t"] == ""
    assert two_groups((1,), ())["n_b"] == "0"


def test_an_empty_cell_makes_an_infinite_odds_ratio_and_an_empty_margin_no_chi_square():
    assert one("table_2x2", a=4, b=0, c=6, d=11)["odds_ratio"] == "inf"
    told = one("table_2x2", a=0, b=0, c=6, d=11)
    assert (told["chi2"], told["fisher_p"]) == ("", "1.0")


def test_adjusted_probabilities_keep_their_order():
    told = asked("adjust_p", *({"set": "a", "p": p} for p in (0.01, 0.04, 0.03, 0.5)))
    assert [float(each["holm"]) for each in told] == pytest.approx([0.04, 0.09, 0.09, 0.5])
    assert [float(each["bh"]) for each in told] == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])


def test_a_stratum_without_people_has_no_direct_rate():
    rows = [{"set": "a", "n": n, "cases": 0, "reference_rate": 0.1, "standard_population": 5} for n in (0, 10)]
    (told,) = asked("standardisation", *rows)
    assert (told["direct"], told["ratio"], told["exact_lower"]) == ("", "0.0", "0.0")


YEARS = [
    {
        "person": f"p{person}", "year": year, "low": person % 2,
        "y": 10 + person - 0.5 * year + (person * 7 + year * 3) % 5 / 10,
    }
    for person in range(8) for year in (0, 1, 2, 4)
]  # fmt: skip
SLOPES = ["cov_intercept_slope", "var_slope"]


@pytest.mark.parametrize(
    ("more", "terms"),
    [
        ({"model": "lmm"}, ["var_intercept", "var_residual", "loglik_reml"]),
        ({"model": "lmm", "random": "intercept_slope", "time": "year"}, ["var_intercept", *SLOPES, "var_residual", "loglik_reml"]),
        ({"model": "gee"}, ["working_correlation"]),
        ({"model": "ols"}, []),
    ],
)  # fmt: skip
def test_a_model_of_repeated_measures_tells_its_terms(more, terms):
    told = asked("repeated_measures", *YEARS, {"person": "p9", "year": 3}, outcome="y", terms=["year"], **more)
    assert [each["term"] for each in told] == ["intercept", "year", *terms]
    assert float(told[1]["estimate"]) == pytest.approx(-0.5, abs=0.1)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "outcome"),
        ({"outcome": "y", "terms": ["x"]}, "缺少列“x”"),
        ({"outcome": "y", "terms": ["year"], "random": "intercept_slope"}, "time"),
        ({"outcome": "y", "terms": ["year"], "family": "binomial", "model": "gee"}, "只有0和1"),
        ({"outcome": "y", "terms": ["year", "year"]}, "不足以估计"),
        ({"outcome": "y", "terms": ["year"], "model": "anova"}, "不在可选范围内"),
    ],
)
def test_a_model_that_cannot_be_fitted_is_refused(parameters, sentence):
    with pytest.raises(BadInput, match=sentence):
        asked("repeated_measures", *YEARS, **parameters)
