"""The tables of the life cycle: complete, connected, and without a dead end."""

from typing import ClassVar

import pytest

from yizheng.licensing.item import Item, Shape, Stage
from yizheng.licensing.lifecycle import HOLDERS, TABLES, Actor, NotPossibleError, destination, move, moves
from yizheng.licensing.states import ENDED, CaseState
from yizheng.licensing.verbs.order import ORDER


class Licence(Item):
    """An item with all stations."""

    code = title = short_title = "licence"
    route: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)


class Direct(Licence):
    """An item nobody has to confirm."""

    route: ClassVar[tuple[Stage, ...]] = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)


ALL = [(shape, state) for shape, table in TABLES.items() for state in table]


def test_every_state_is_in_a_table_or_ended() -> None:
    known = {state for _, state in ALL} | ENDED
    assert known == set(CaseState)


@pytest.mark.parametrize(("shape", "state"), ALL)
def test_every_move_leads_to_a_state_that_goes_on_or_ends(shape: Shape, state: CaseState) -> None:
    for each in TABLES[shape][state]:
        assert each.to in TABLES[shape] or each.to in ENDED, (state, each.verb)


@pytest.mark.parametrize(("shape", "state"), ALL)
def test_no_person_has_two_meanings_for_one_key_in_one_state(shape: Shape, state: CaseState) -> None:
    for actor in Actor:
        keys = [each.key for each in TABLES[shape][state] if each.who is actor and each.key]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("shape", "state"), ALL)
def test_whoever_holds_the_case_has_something_to_do(shape: Shape, state: CaseState) -> None:
    assert any(each.who is HOLDERS[state] for each in TABLES[shape][state])


def test_submission_goes_by_the_institution_only_where_the_route_asks_it() -> None:
    submit = move(Licence(), CaseState.DRAFT, "submit")
    assert destination(Licence(), submit) is CaseState.CONFIRMING
    assert destination(Direct(), submit) is CaseState.RECEIVED


def test_an_extension_exists_only_where_the_item_allows_it() -> None:
    assert "extend" not in {each.verb for each in moves(Licence(), CaseState.DECIDING)}
    extendable = type("Extendable", (Licence,), {"extendable": True})
    assert "extend" in {each.verb for each in moves(extendable(), CaseState.DECIDING)}


def test_a_verb_in_the_wrong_state_says_where_the_case_stands() -> None:
    with pytest.raises(NotPossibleError, match="草稿"):
        move(Licence(), CaseState.DRAFT, "grant")


def test_grave_verbs_of_the_office_always_ask_a_reason_or_identity() -> None:
    for shape, table in TABLES.items():
        for state, found in table.items():
            for each in found:
                if each.grave and each.who not in (Actor.APPLICANT, Actor.SYSTEM):
                    assert each.needs_reason or each.confirm_identity, (shape, state, each.verb)


def test_what_happens_is_said_of_every_verb_and_of_no_other() -> None:
    verbs = {each.verb for table in TABLES.values() for moves_of in table.values() for each in moves_of}
    assert set(ORDER) == verbs
