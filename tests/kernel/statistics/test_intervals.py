"""Exact intervals keep what defines them: the probability left outside each limit."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from yizheng.kernel.statistics import funnel, intervals
from yizheng.kernel.statistics.charts import GapChart, shewhart
from yizheng.kernel.statistics.rates import TwoRates

TAIL = 0.025


@given(st.integers(0, 400))
def test_the_exact_poisson_interval_leaves_its_tails(count):
    lower, upper = intervals.garwood(count, 0.95)
    assert stats.poisson.cdf(count, upper) == pytest.approx(TAIL)
    assert lower == 0 if count == 0 else stats.poisson.sf(count - 1, lower) == pytest.approx(TAIL)


@given(st.integers(1, 400))
def test_the_mid_p_interval_gives_the_observed_count_half_weight(count):
    lower, upper = intervals.poisson_mid_p(count, 0.95)
    half = stats.poisson.pmf(count, upper) / 2
    assert stats.poisson.cdf(count - 1, upper) + half == pytest.approx(TAIL)
    assert stats.poisson.sf(count, lower) + stats.poisson.pmf(count, lower) / 2 == pytest.approx(TAIL)


def test_without_events_the_mid_p_limit_is_the_logarithm_of_the_error():
    lower, upper = intervals.poisson_mid_p(0, 0.95)
    assert lower == 0
    assert upper == pytest.approx(-math.log(0.05))
    assert intervals.lognormal(0, 0.95) == (None, None)
    assert intervals.byar(0, 0.95)[0] == 0


@given(st.integers(0, 60), st.integers(0, 60))
def test_intervals_of_a_proportion_hold_it_and_end_at_nothing_and_all(events, others):
    total = events + others
    if not total:
        return
    for both in (intervals.clopper_pearson, intervals.wilson, intervals.binomial_mid_p):
        lower, upper = both(events, total, 0.95)
        assert lower <= events / total <= upper
        assert (lower == 0) == (events == 0)
        assert (upper == 1) == (events == total)


@given(st.integers(0, 40), st.floats(1, 1e4), st.integers(0, 40), st.floats(1, 1e4))
def test_two_rates_turned_round_give_the_reciprocal(first, time_first, second, time_second):
    there, back = (
        TwoRates((first, second), (time_first, time_second)), TwoRates((second, first), (time_second, time_first))
    )  # fmt: skip
    if not there.comparable:
        return
    assert there.mid_p_probability == pytest.approx(back.mid_p_probability)
    low, high = there.mid_p(0.95)
    turned_low, turned_high = back.mid_p(0.95)
    assert low == pytest.approx(0 if turned_high == math.inf else 1 / turned_high)
    assert high == pytest.approx(math.inf if turned_low == 0 else 1 / turned_low)


@given(st.floats(0.3, 300), st.sampled_from(list(funnel.LEVELS.values())))
def test_limits_of_a_funnel_lie_between_the_counts_that_reach_the_tail(expected, tails):
    for limit, tail in zip(funnel.poisson_limits(expected, tails), tails, strict=True):
        reached = stats.poisson.ppf(tail, expected)
        assert max(0, reached - 1) - 1e-9 <= limit * expected <= reached + 1e-9


def test_units_without_more_variation_than_chance_get_no_variance_added():
    spread = funnel.Spread.of([(10, 10.2), (20, 19.6), (31, 30.1)], 0.1)
    assert (spread.tau2, spread.phi < 1) == (0.0, True)


def test_a_chart_leaves_out_a_point_without_size():
    points = shewhart("u", [(3, 2.0), (5, None), (4, 2.0), (1, 0)])
    assert [None if each is None else each.statistic for each in points] == [1.5, None, 2.0, None]
    assert shewhart("p", [(0, None)]) == [None]


def test_a_point_on_its_limit_does_not_signal():
    (first, *_) = shewhart("c", [(16, None), (0, None), (0, None), (0, None)])
    assert (first.upper, first.beyond) == (10.0, True)
    assert not shewhart("c", [(10, None), (4, None), (1, None), (1, None)])[0].beyond


@pytest.mark.parametrize("gaps", [(20, 21, 22), (1, 0, 3), (0, 1)])
def test_the_gap_reached_with_a_probability_is_the_smallest(gaps):
    chart = GapChart(gaps)
    gap = chart.quantile(0.99865)
    assert stats.geom.cdf(gap + 1, chart.share) >= 0.99865
    assert gap == 0 or stats.geom.cdf(gap, chart.share) < 0.99865


def test_events_on_one_day_leave_no_gap_to_expect():
    assert GapChart((0, 0)).quantile(0.99865) == 0
