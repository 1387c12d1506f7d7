"""No rule, gather or effect of a system reads text: answers come as values from `licensing.answers` alone."""

import ast
from pathlib import Path

import pytest

import yizheng.systems

ROOT = Path(yizheng.systems.__file__).parent
PARSERS = frozenset({"fromisoformat", "strptime", "parse_date", "parse_datetime", "parse_moment"})
NOT_ANSWERS = {
    "service/pages/forms.py": "the moments of a ledger, which are no answers of a case",
    "service/management/commands/acceptance.py": "the command line",
    "practitioners/pages": "what an address or a form of the desk names",
    "institutions/pages": "what an address or a form of the desk names",
    "practitioners/certificate_series.py": "the table of number series",
    "institutions/management/commands/restore_data.py": "the command line",
    "nurses/calculators.py": "what `yizheng compute` is asked",
    "supervision/calculators.py": "the day `yizheng compute` is asked about",
    "supervision/tables.py": "the tables `yizheng compute` is asked with",
    "practitioners/prefilling.py": "the birth date in an identity number",
    "infection/pages": "what an address or a form of a ward names",
    "sequelae/pages": "what a form of the office names",
    "sequelae/images": "days in DICOM objects",
    "sequelae/persons/changing.py": "the birth date a form of the office names",
    "service/clauses/obligations.py": "the table of readings",
    "service/indicators/declared.py": "the table of indicators",
    "service/inspections/probes.py": "what the platform finds about itself",
    "service/matters/declaring.py": "what a form of the service names",
    "service/pages/indicators.py": "the month an address names",
    "service/security/advisories.py": "the days of an advisory file",
    "service/status.py": "the hours of an announcement, as its form kept them",
    "sequelae/persons/identities.py": "the birth date of a record of the cohort, as it was sealed",
    "sequelae/examinations/rows.py": "days in the rows of an examination file",
}
"""Where text is read that is no answer of a case, and what it is."""


def modules() -> list[str]:
    found = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
    return sorted(each for each in found if "/migrations/" not in each and "/intakes" not in each)


def names_of(module: str) -> set[str]:
    """What is called in the module, and the attributes it reads of a case."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    calls = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    called = {each.attr for each in calls if isinstance(each, ast.Attribute)}
    return called | {each.id for each in calls if isinstance(each, ast.Name)}


def raw_answers(module: str) -> list[int]:
    """Lines that read `case.answers`, which is what was typed and not what was answered."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("answers", "sealed_answers")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("case", "found", "begun")
    ]


@pytest.mark.parametrize("module", modules())
def test_no_module_of_a_system_parses_answers(module: str) -> None:
    if not any(module.startswith(known) for known in NOT_ANSWERS):
        assert not PARSERS & names_of(module)
    assert raw_answers(module) == []


def test_every_exception_still_parses_something() -> None:
    for known in NOT_ANSWERS:
        inside = [module for module in modules() if module.startswith(known)]
        assert any(PARSERS & names_of(module) for module in inside), known
