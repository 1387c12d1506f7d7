"""Time to an event, and matched sets: held to figures of textbooks and to what must be so."""

import pytest

from yizheng.kernel.statistics.matching import Unit, conditional_odds, nearest, standardised_difference, within_sets
from yizheng.kernel.statistics.survival import Spell, aalen_johansen, kaplan_meier

SIX_MP = [
    *[Spell(6, 1)] * 3, Spell(6, 0), Spell(7, 1), Spell(9, 0), Spell(10, 1), Spell(10, 0), Spell(11, 0), Spell(13, 1), Spell(16, 1),
    Spell(17, 0), Spell(19, 0), Spell(20, 0), Spell(22, 1), Spell(23, 1), Spell(25, 0), Spell(32, 0), Spell(32, 0), Spell(34, 0),
    Spell(35, 0),
]  # fmt: skip
"""Weeks of remission under 6-MP (Freireich 1963), printed in every textbook."""


def test_the_textbook_curve_is_drawn() -> None:
    told = {each.time: (round(each.share, 3), each.at_risk) for each in kaplan_meier(SIX_MP, 0.95)}
    assert told == {
        6: (0.857, 21),
        7: (0.807, 17),
        10: (0.753, 15),
        13: (0.690, 12),
        16: (0.627, 11),
        22: (0.538, 7),
        23: (0.448, 6),
    }
    last = kaplan_meier(SIX_MP, 0.95)[-1]
    assert [last.low, last.high] == pytest.approx([0.188, 0.680], abs=5e-4)


def test_without_competing_events_both_estimates_say_the_same() -> None:
    for one, other in zip(kaplan_meier(SIX_MP, 0.95), aalen_johansen(SIX_MP, 0.95), strict=True):
        assert one.share == pytest.approx(1 - other.share)
        assert one.low < one.share < one.high


def test_who_died_before_has_no_event_any_more() -> None:
    steps = aalen_johansen([Spell(1, 1), Spell(2, 2), Spell(3, 1), Spell(4, 0)], 0.95)
    assert [(each.time, each.share) for each in steps] == [(1, 0.25), (3, 0.5)]
    assert all(each.low < each.share < each.high for each in steps)
    assert aalen_johansen([Spell(1, 2), Spell(2, 0)], 0.95) == []


def test_all_who_had_the_event_leave_nobody() -> None:
    (only,) = kaplan_meier([Spell(1, 1), Spell(1, 1)], 0.95)
    assert (only.share, only.low, only.high) == (0, 0, 0)


def test_a_control_is_used_once_and_every_case_gets_one_before_any_gets_two() -> None:
    cases = [Unit("f", 50), Unit("f", 52), Unit("m", 50)]
    controls = [Unit("f", 51), Unit("f", 52), Unit("f", 55), Unit("m", 53), Unit("m", 52)]
    assert nearest(cases, controls, reach=2, most=2) == [[0], [1], [4]]
    assert nearest(cases, controls, reach=3, most=4) == [[0], [1, 2], [4, 3]]


def test_the_difference_is_in_standard_deviations() -> None:
    assert standardised_difference([1, 2, 3], [2, 3, 4]) == -1
    assert standardised_difference([1, 1], [1, 1]) is None
    assert standardised_difference([1], [1, 2]) is None


def test_the_odds_of_pairs_are_those_of_discordant_pairs() -> None:
    sets = [(True, [False])] * 12 + [(False, [True])] * 4 + [(True, [True])] * 7
    told = conditional_odds(sets, 0.95)
    assert told is not None
    assert told.value == pytest.approx(3, abs=1e-3)
    assert told.low < 3 < told.high
    assert conditional_odds([(True, [False])] * 5, 0.95) is None
    assert conditional_odds([(True, [True])], 0.95) is None


def test_a_value_is_compared_within_its_set() -> None:
    told = within_sets([(5, [4, 4]), (6, [4]), (7, [4])], 0.95)
    assert told is not None
    assert told.value == 2
    assert told.p == pytest.approx(0.0742, abs=1e-4)
    assert within_sets([(5, [4]), (6, [5])], 0.95) is None
    assert within_sets([(5, [4]), (6, [5]), (7, [6])], 0.95) is None
