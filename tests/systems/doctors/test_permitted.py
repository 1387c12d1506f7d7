"""Every pair of a status and an item is decided in one table, and the items ask it."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone

from yizheng.kernel.codes import table
from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Item
from yizheng.systems.doctors.permitted import PERMITTED

ON = date(2026, 3, 2)
COLUMNS = tuple(PERMITTED.table["doctor_first_registration"])
OTHER_REGISTERS = ("hmt_short_term_", "hmt_expire", "foreign_", "rural_", "short_term_")
"""Beginnings of the codes of items about doctors who are not in this register."""


@dataclass(frozen=True)
class Party:
    register_status: str


def doctors_items() -> list[Item]:
    return [
        item
        for item in items(timezone.localdate())
        if item.system == "doctors" and not item.code.startswith(OTHER_REGISTERS)
    ]


def test_every_status_of_the_code_table_is_a_column() -> None:
    assert set(COLUMNS) == set(table("doctor_register_status"))


def test_every_item_in_the_catalogue_has_a_row() -> None:
    assert [item.code for item in doctors_items() if item.code not in PERMITTED.table] == []


@pytest.mark.parametrize("code", sorted(PERMITTED.table))
def test_every_pair_is_decided_and_the_check_says_the_same(code: str) -> None:
    asked = PERMITTED.status_permits(code)
    for status in COLUMNS:
        cell = PERMITTED.table[code][status]
        found = asked(Party(status), ON)
        if cell is None:
            assert found == []
            assert PERMITTED.may_apply(code, status) is None
        else:
            assert [(each.message, each.articles) for each in found] == [(cell.sentence, (cell.article,))]
            assert PERMITTED.may_apply(code, status) == cell.sentence


def test_the_statuses_keep_their_own_ways_back() -> None:
    assert PERMITTED.may_apply("doctor_reregistration", "DEREG") is None
    assert PERMITTED.may_apply("doctor_change_location", "MOVED") is None
    assert PERMITTED.may_apply("military_to_local_registration", "MIL") is None
    assert PERMITTED.may_apply("doctor_change_main_institution", "LEFT") is None
    assert PERMITTED.may_apply("doctor_suspension_end", "SUSP_ASSESS") is None
    reasons = {PERMITTED.may_apply("doctor_change_scope", status) for status in COLUMNS[1:]}
    assert len(reasons) == len(COLUMNS) - 1


def test_a_pair_nobody_decided_is_an_error() -> None:
    with pytest.raises(KeyError):
        PERMITTED.hindrance("doctor_change_scope", "ASLEEP")
