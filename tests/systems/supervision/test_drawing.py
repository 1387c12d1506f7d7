"""A draw follows from its public seed: anybody who has the lists can repeat it."""

import pytest

from yizheng.systems.supervision.drawing import CannotDraw, draw

HOUSES, OFFICERS = list(range(100, 160)), [1, 2, 3, 4, 5]


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    assert draw("2026121", HOUSES, OFFICERS, 20) == draw("2026121", HOUSES, OFFICERS, 20)
    assert draw("2026121", HOUSES, OFFICERS, 20) != draw("2026122", HOUSES, OFFICERS, 20)


def test_no_house_is_drawn_twice_and_each_gets_two_different_inspectors_in_turn() -> None:
    visits = draw("2026121", HOUSES, OFFICERS, 60)
    assert sorted(each.institution for each in visits) == HOUSES
    assert all(one != other for one, other in (each.officers for each in visits))
    turns = [sum(officer in each.officers for each in visits) for officer in OFFICERS]
    assert max(turns) - min(turns) <= 12


@pytest.mark.parametrize(
    ("seed", "officers", "number"), [(" ", OFFICERS, 1), ("s", [1], 1), ("s", OFFICERS, 0), ("s", OFFICERS, 61)]
)
def test_what_cannot_be_drawn_is_said(seed: str, officers: list[int], number: int) -> None:
    with pytest.raises(CannotDraw):
        draw(seed, HOUSES, officers, number)
