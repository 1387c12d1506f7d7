"""Methods of detection: against an outside regression library, and at the edges of history, weights and alarms."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from yizheng.systems.infection.detection import sequential
from yizheng.systems.infection.detection.ears import Settings as EarsSettings
from yizheng.systems.infection.detection.ears import ears
from yizheng.systems.infection.detection.farrington import Settings, farrington
from yizheng.systems.infection.detection.scan import scan
from yizheng.systems.infection.detection.series import Series
from yizheng.systems.infection.detection.windows import BAYES, RKI, bayes_upper, rki_upper

WEEKS = 330


def series(seed=7, mean=9.0, watched_from=290):
    counts = np.random.default_rng(seed).negative_binomial(6, 6 / (6 + mean), WEEKS).astype(float)
    return Series(counts, np.arange(WEEKS) >= watched_from)


def refit(counts, offsets, *, trend):
    """The robust regression of one week by statsmodels: coefficients, covariance of the refit, its weights."""
    design = np.column_stack([np.ones(len(offsets)), *([offsets / 52] if trend else [])])
    first = sm.GLM(counts, design, family=sm.families.Poisson()).fit(tol=1e-13)
    freedom = len(counts) - design.shape[1]
    phi = max(first.pearson_chi2 / freedom, 1)
    leverage = first.get_influence().hat_matrix_diag
    residual = 1.5 * (counts ** (2 / 3) * first.mu ** (-1 / 6) - first.mu**0.5) / np.sqrt(phi * (1 - leverage))
    weights = np.where(residual > 1, residual**-2.0, 1.0)
    weights *= len(counts) / weights.sum()
    fit = sm.GLM(counts, design, family=sm.families.Poisson(), var_weights=weights).fit(tol=1e-13, scale=1.0)
    dispersion = (weights * (counts - fit.mu) ** 2 / fit.mu).sum() / freedom
    return fit, dispersion, freedom


@pytest.mark.parametrize("week", [290, 311, 329])
def test_the_robust_regression_is_that_of_an_outside_library(week):
    watched = series()
    answer = farrington(watched, Settings())
    offsets = np.array([-52 * year + step for year in range(5, 0, -1) for step in range(-3, 4)])
    counts = watched.counts[week + offsets]
    fit, dispersion, freedom = refit(counts, offsets, trend=True)
    p = 2 * stats.t.sf(abs(fit.params[1]) / np.sqrt(dispersion * fit.cov_params()[1, 1]), freedom)
    kept = p < 0.05 and np.exp(fit.params[0]) <= counts.max()
    if not kept:
        fit, dispersion, freedom = refit(counts, offsets, trend=False)
    assert answer.trend[week] == kept
    assert answer.expected[week] == pytest.approx(np.exp(fit.params[0]), rel=1e-8)
    assert answer.phi[week] == pytest.approx(max(dispersion, 1), rel=1e-8)


def test_a_season_cuts_the_weeks_between_windows_into_blocks():
    levels = Settings(years=1, half_window=3, season_blocks=10, left_out=26).levels
    between = [levels[offset] for offset in range(-48, -26)]
    assert between == [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 2
    assert {levels[offset] for offset in range(-55, -48)} == {10}
    assert max(levels) == -27


def test_too_little_history_is_unknown_and_too_few_cases_raise_no_alarm():
    quiet = Series(np.zeros(WEEKS), np.ones(WEEKS, dtype=bool))
    answer = farrington(quiet, Settings())
    assert not answer.enough.any()
    short = Series(np.full(100, 9.0), np.ones(100, dtype=bool))
    assert np.isnan(farrington(short, Settings()).upper).all()


def test_a_history_without_a_case_gives_a_bound_near_nothing():
    counts = np.zeros(WEEKS)
    counts[-1] = 6
    answer = farrington(Series(counts, np.arange(WEEKS) == WEEKS - 1), Settings())
    assert answer.upper[-1] < 1


@pytest.mark.parametrize("method", ["nbPlugin", "muan"])
def test_a_bound_by_the_negative_binomial_is_whole_and_the_cautious_one_is_not_lower(method):
    watched = series()
    plain = farrington(watched, Settings(one_sided=True, method="nbPlugin", weight_threshold=2.58)).upper[290:]
    bound = farrington(watched, Settings(one_sided=True, method=method, weight_threshold=2.58)).upper[290:]
    assert (bound == np.floor(bound)).all()
    assert (bound >= plain).all()


def test_the_package_differs_in_its_error_alone():
    watched, settings = series(), Settings(one_sided=True, method="nbPlugin", trend_p=1.0, weight_threshold=2.58)
    paper, package = farrington(watched, settings), farrington(watched, settings, as_package=True)
    assert np.array_equal(paper.upper[290:], package.upper[290:])


def test_ears_needs_eight_ten_and_twelve_periods():
    counts = np.array([2, 4, 1, 3, 0, 2, 5, 3, 4, 9, 2, 6], dtype=float)
    answer = ears(Series(counts, np.ones(12, dtype=bool)), EarsSettings())
    first = [int(np.flatnonzero(~np.isnan(each))[0]) for each in (answer.c1_upper, answer.c2_upper, answer.c3)]
    assert first == [7, 9, 11]


def test_ears_without_deviation_has_no_c2():
    answer = ears(Series(np.zeros(12), np.ones(12, dtype=bool)), EarsSettings())
    assert np.isnan(answer.c2).all()
    assert answer.c1_upper[8] == 0


@pytest.mark.parametrize(("before", "bound"), [(0.0, 3.285), (20.0, 30.017), (21.0, 21.0)])
def test_small_means_have_the_limits_of_the_table(before, bound):
    steady = Series(np.full(7, before), np.arange(7) == 6)
    assert rki_upper(steady, RKI[0])[6] == bound


def test_bayes_is_the_quantile_of_the_predictive_distribution():
    watched = series()
    upper = bayes_upper(watched, BAYES[0], 0.05)[300]
    base = watched.counts[294:300]
    assert (
        stats.nbinom.cdf(upper, base.sum() + 0.5, 6 / 7) >= 0.95 > stats.nbinom.cdf(upper - 1, base.sum() + 0.5, 6 / 7)
    )


def test_a_cusum_begins_at_nothing_after_an_alarm_only_when_that_is_wanted():
    risen = Series(np.array([4.0, 4, 4, 14, 4, 4]), np.arange(6) >= 3)
    standard = sequential.TRANSFORMED["standard"]
    again = sequential.cusum(risen, standard, 1.04, 2.26, reset=True)[3:]
    on = sequential.cusum(risen, standard, 1.04, 2.26, reset=False)[3:]
    assert again[0] == on[0] == pytest.approx(3.96)
    assert (again[1], on[1]) == (0.0, pytest.approx(2.92))


def test_the_likelihood_ratio_forgets_what_was_before_an_alarm():
    risen = Series(np.array([4.0, 4, 20, 4, 6]), np.arange(5) >= 2)
    ratios = sequential.glr_poisson(risen, 5.0)[2:]
    assert ratios[0] == pytest.approx(20 * np.log(5) - 16)
    assert (ratios[1], ratios[2]) == (0.0, pytest.approx(6 * np.log(1.5) - 2))


def test_without_history_or_cases_nothing_is_gathered():
    for counts in (np.array([3.0, 5.0]), np.array([0.0, 5.0])):
        watched = Series(counts, np.array([counts[0] > 0, True]))
        assert np.isnan(sequential.glr_poisson(watched, 5.0)).all()
        assert np.isnan(sequential.cusum(watched, sequential.TRANSFORMED["rossi"], 1, 2, reset=True)).all()


def test_the_scan_finds_the_stretch_in_which_cases_gather():
    counts = np.array([2.0, 0, 1, 3, 8, 6, 2, 0, 1, 1, 2, 1, 0, 2])
    first, second = scan(counts, 0.5, 99, 1, 2)
    assert (first.first, first.last, first.cases, first.p) == (4, 5, 14.0, 0.01)
    assert first.likelihood > second.likelihood
    assert list(scan(np.zeros(14), 0.5, 99, 1, 1)) == []
