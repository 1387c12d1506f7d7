"""The code of a check is unique in the platform and begins with the prefix of its register."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.both_sides import FOUND, SILENT, Watch, lacking
from yizheng.kernel.statutes import licensing_law
from yizheng.licensing import findings
from yizheng.licensing.findings import Check, Finding, ask, check, declared_checks, refuse
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


@pytest.fixture
def watch() -> Iterator[Watch]:
    """A watch of this test's own."""
    watch = Watch()
    watch.pytest_sessionstart()
    yield watch
    watch._patch.undo()


@pytest.fixture
def sample() -> Check:
    """A rule that finds something where it is asked of something faulty."""

    @check("D-SAMPLE", licensing_law(31), title="样例", needs=("step",))
    def rule(faulty: bool, on: date) -> Iterator[Finding]:
        if faulty:
            yield refuse("", "不符合")

    return rule


def sides(watch: Watch) -> set[str]:
    return {side for code, side, _ in watch.seen if code == "D-SAMPLE"}


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Says where the test stands that asks."""
    return lambda where: monkeypatch.setenv("PYTEST_CURRENT_TEST", where)


A_TEST = "tests/systems/test_sample.py::test (call)"


def test_a_finding_and_a_silence_are_seen(watch: Watch, sample: Check, stand_in: Callable[[str], None]) -> None:
    stand_in(A_TEST)
    sample(True, date(2026, 3, 2))
    assert sides(watch) == {FOUND}
    sample(False, date(2026, 3, 2))
    assert sides(watch) == {FOUND, SILENT}


def test_silence_over_a_step_that_is_not_filled_in_is_not_seen(
    watch: Watch, sample: Check, stand_in: Callable[[str], None]
) -> None:
    stand_in(A_TEST)
    ask((sample,), False, date(2026, 3, 2), unfilled=("step",))
    assert sides(watch) == set()
    ask((sample,), False, date(2026, 3, 2))
    assert sides(watch) == {SILENT}


@pytest.mark.parametrize(
    "where", ["tests/systems/test_sample.py::test (setup)", "tests/demo/test_city.py::test (call)"]
)
def test_what_is_met_by_chance_is_not_seen(
    watch: Watch, sample: Check, stand_in: Callable[[str], None], where: str
) -> None:
    stand_in(where)
    sample(True, date(2026, 3, 2))
    assert sides(watch) == set()


def test_a_code_is_seen_when_one_file_saw_both_sides() -> None:
    seen = {("D-1", FOUND, "a.py"), ("D-1", SILENT, "a.py"), ("D-2", FOUND, "a.py"), ("D-2", SILENT, "b.py")}
    assert set(lacking(("D-1", "D-2", "D-3"), seen, {})) == {"D-2", "D-3"}
    assert set(lacking(("D-1", "D-2"), seen, {"D-1": "a reason", "D-2": "a reason", "D-9": "a reason"})) == {
        "D-1",
        "D-9",
    }
