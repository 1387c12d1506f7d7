"""The code of a check is unique in the platform and begins with the prefix of its register."""

from collections.abc import Iterator
from datetime import date

import pytest

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing import findings
from yizheng.licensing.findings import Check, Finding, check, declared_checks
from yizheng.registry.registers import registers


@pytest.fixture(autouse=True)
def _nothing_stays_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_declared", {code: list(them) for code, them in findings._declared.items()})


def made_for_an_item() -> Check:
    """A rule made by a function, as often as items need it."""

    @check("D-TWICE", licensing_law(31), title="样例")
    def rule(asked: object, on: date) -> Iterator[Finding]:
        yield from ()

    return rule


def another(code: str, begins: date = date.min, ends: date = date.max) -> Check:
    """Another rule under a code."""

    @check(code, licensing_law(31), title="另一样例", in_force_from=begins, in_force_to=ends)
    def other(asked: object, on: date) -> Iterator[Finding]:
        yield from ()

    return other


def test_two_rules_cannot_share_a_code() -> None:
    made_for_an_item()
    with pytest.raises(ValueError, match="D-TWICE"):
        another("D-TWICE")


def test_a_rule_made_for_several_items_keeps_its_code() -> None:
    made_for_an_item()
    made_for_an_item()


@pytest.mark.parametrize("code", ["R13", "X-R13", "-R13", "DR13", "d-R13"])
def test_a_code_without_the_prefix_of_a_register_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="字头"):
        another(code)


def test_registers_do_not_share_a_prefix() -> None:
    prefixes = [each.prefix for each in registers() if each.prefix]
    assert len(prefixes) == len(set(prefixes))


def test_every_check_is_listed_once_it_is_declared() -> None:
    assert another("D-LISTED") in declared_checks()
