"""Identifiers of electronic certificates and codes of matters: built, checked, raised."""

import pytest

from tests.calculating import ask
from yizheng.exchange import calculators as _declares  # noqa: F401 — declares the calculators
from yizheng.kernel.identifiers import make_organisation_code, make_uscc
from yizheng.kernel.identifiers.mod37 import mod37_check_character

ROOT = "1.2.156.3005.2."
DEFINING = make_uscc("11", "100000", make_organisation_code("8KD3RT5N"))
ISSUER = make_uscc("11", "110109", make_organisation_code("8KD3RT5N"))
WRONG = ISSUER[:17] + ("0" if ISSUER[17] != "0" else "1")
PARTS = {"type_code": DEFINING + "027", "issuer": ISSUER, "serial": "PDY009166", "version": "001"}


def identifier(action: str, **cells: str) -> dict[str, str]:
    return ask("exchange.ecert_identifier", action=action, **cells)


def written(**changed: str) -> str:
    return identifier("build", **(PARTS | changed))["identifier"]


def checked(at: int, part: str) -> str:
    """The problems of an identifier one of whose five parts reads otherwise."""
    parts = written().removeprefix(ROOT).split(".")
    parts[at] = part
    return identifier("check", text=ROOT + ".".join(parts))["problems"]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("11100000E99990017F001" + "11110105000052943R" + "20260000000001" + "001", "N"),
        ("11100000E99990017F002" + "11110105000052943R" + "E9999001711010511A1001" + "002", "V"),
        ("11100000E99990017F003" + "11110105000052943R" + "202600000002" + "001", "0"),
    ],
)
def test_the_check_character_runs_over_digits_and_capitals(text, check):
    assert mod37_check_character(text) == check


def test_an_identifier_is_built_without_the_hyphens_of_the_serial():
    found = identifier("build", **(PARTS | {"serial": "PDY00916-6"}))
    assert found["valid"] == "yes"
    assert found["identifier"] == f"{ROOT}{DEFINING}027.{ISSUER}.PDY009166.001.{found['check']}"
    assert identifier("check", text=found["identifier"]) == found


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"serial": "abc7"}, "charset"),
        ({"serial": ""}, "charset"),
        ({"serial": "A 7"}, "charset"),
        ({"serial": "12/7"}, "charset"),
        ({"serial": "---"}, "charset"),
        ({"issuer": ISSUER.lower()}, "charset"),
        ({"issuer": ""}, "charset"),
        ({"type_code": (DEFINING + "027").lower()}, "charset"),
        ({"type_code": DEFINING[:-1] + "-027"}, "charset"),
        ({"type_code": "-"}, "charset;type"),
        ({"version": ""}, "charset;version"),
        ({"version": "1-"}, "charset;version"),
        ({"version": "a01", "issuer": WRONG}, "charset;version"),
        ({"issuer": WRONG}, "issuer"),
        ({"issuer": ISSUER + "1"}, "issuer"),
        ({"type_code": WRONG + "027"}, "type"),
        ({"type_code": DEFINING + "27"}, "type"),
        ({"version": "000"}, "version"),
        ({"version": "1000"}, "version"),
        ({"version": "00A"}, "version"),
        ({"version": "1"}, "version"),
        ({"version": "999"}, ""),
        ({"issuer": WRONG, "version": "000", "type_code": "A"}, "issuer;type;version"),
    ],
)
def test_what_is_wrong_with_a_part_is_told_and_the_rest_is_left_empty(changed, problems):
    found = identifier("build", **(PARTS | changed))
    assert found["problems"] == problems
    if problems:
        assert found == dict.fromkeys(found, "") | {"valid": "no", "problems": problems}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", "root"),
        (" " + written(), "root"),
        ("1.2.156.3005.3.A.B.C.001.0", "root"),
        (ROOT + "ABC.001", "parts"),
        (written() + ".1", "parts"),
        (written() + " ", "check"),
    ],
)
def test_an_identifier_begins_with_the_root_and_has_five_parts(text, problems):
    for action in ("check", "next"):
        assert identifier(action, text=text)["problems"] == problems


def test_a_wrong_check_character_is_told_unless_the_signs_are_wrong():
    right = written()[-1]
    wrong = "0" if right != "0" else "1"
    assert checked(4, right) == ""
    assert checked(4, wrong) == "check"
    assert checked(4, "") == "check"
    assert checked(4, right * 2) == "check"
    assert checked(2, "pdy009166") == "charset"
    assert checked(2, "PDY-009166") == "charset"
    assert checked(3, "002") == "check"
    assert checked(1, WRONG) == "check;issuer"


def test_the_next_identifier_has_the_next_version():
    found = identifier("next", text=written(version="009"))
    assert (found["version"], found["identifier"]) == ("010", written(version="010"))
    assert identifier("next", text=written(version="998"))["version"] == "999"
    assert identifier("next", text=written(version="999"))["problems"] == "version"
    assert identifier("next", text=written()[:-1])["problems"] == "check"


def matter(text: str) -> dict[str, str]:
    return ask("exchange.matter_code", text=text)


def organ(prefix: str) -> str:
    return make_uscc(prefix[:2], prefix[2:], make_organisation_code("8KD3RT5N"))


DISTRICT, CITY = organ("11110109"), organ("11110000")
BASE = "110121033000"


def test_the_three_lengths_are_base_implementation_and_business():
    found = matter(DISTRICT + "3" + BASE + "02")
    assert found == {
        "kind": "business", "valid": "yes", "organ": DISTRICT, "level": "3", "base": BASE, "region": "11",
        "type": "01", "department": "21", "item": "033", "sub": "000", "business": "02", "problems": "",
    }  # fmt: skip
    assert matter(DISTRICT + "3" + BASE) == found | {"kind": "implementation", "business": ""}
    assert matter(BASE) == found | {"kind": "base", "organ": "", "level": "", "business": ""}


@pytest.mark.parametrize(
    ("text", "kind", "problems"),
    [
        (" ", "", "length"),
        (BASE + " ", "", "length"),
        (BASE[:-1], "", "length"),
        (BASE[:-1] + "A", "base", "chars"),
        (BASE[:-1] + "０", "base", "chars"),
        (DISTRICT.lower() + "3" + BASE, "implementation", "chars"),
        (DISTRICT + "X" + BASE, "implementation", "chars"),
        (DISTRICT + "3" + BASE + "0A", "business", "chars"),
    ],
)
def test_a_wrong_length_or_sign_leaves_the_parts_empty(text, kind, problems):
    found = matter(text)
    assert found == dict.fromkeys(found, "") | {"kind": kind, "valid": "no", "problems": problems}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (CITY + "2" + BASE, ""),
        (CITY + "3" + BASE, "level"),
        (DISTRICT + "2" + BASE, "level"),
        (organ("11110228") + "3" + BASE, ""),
        (organ("11110228") + "4" + BASE, "level"),
        (organ("11130000") + "7" + BASE, ""),
        (organ("11130000") + "8" + BASE, "level"),
        (organ("11130000") + "0" + BASE, "level"),
        (organ("12110109") + "5" + BASE, ""),
        (organ("91110109") + "3" + BASE, "organ"),
        (WRONG + "3" + BASE, "organ"),
        ("000117056000", ""),
        ("120117056000", "region"),
        ("111117056000", "type"),
        ("112021002000", ""),
        (DISTRICT + "2" + "113021033000", "level;type"),
        (WRONG + "9" + "993021033000", "level;organ;region;type"),
    ],
)
def test_organ_level_region_and_type_are_judged(text, problems):
    found = matter(text)
    assert (found["problems"], found["valid"]) == (problems, "no" if problems else "yes")
    assert found["base"]
