"""The steps of the check that are our own: each finds what it is for, and leaves the rest alone."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError

from yizheng.cli import assets, check, test
from yizheng.cli.check import coverage, dead_code, duplicates, personal_data, sizes, sources, templates
from yizheng.cli.folders import CODE
from yizheng.kernel.identifiers import make_resident_id

IDENTITY = make_resident_id("110108", date(1990, 3, 7), 5)
MOBILE = "1" + "3612345678"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with nothing in it but what it declares."""
    for module in (sources, sizes, dead_code, personal_data):
        monkeypatch.setattr(module, "CHECKOUT", tmp_path)
    for module in (sizes, dead_code):
        monkeypatch.setattr(module, "CODE", tmp_path / "src" / "yizheng")
    monkeypatch.setattr(personal_data, "DECLARED", tmp_path / "tests" / "invented_numbers.toml")
    monkeypatch.setattr(dead_code, "ALLOWED", tmp_path / "src" / "yizheng" / "dead_code.toml")
    write(tmp_path, "tests/invented_numbers.toml", 'identity_numbers = []\nmobile_ranges = ["19900"]\n')
    (tmp_path / "benchmarks").mkdir()
    write(tmp_path, "src/yizheng/dead_code.toml", '[decorators]\n"@job" = "x"\n[names]\n[places]\n')
    return tmp_path


def write(checkout: Path, name: str, text: str) -> None:
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_file_of_more_than_four_hundred_lines_is_named(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(checkout, "src/yizheng/short.py", "x = 1\n" * 400)
    assert sizes.main() == 0
    write(checkout, "tests/long.py", "x = 1\n" * 401)
    assert sizes.main() == 1
    assert "tests/long.py  有 401 行" in capsys.readouterr().out


def test_one_long_function_among_a_hundred_may_stand_and_two_may_not(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "def long():\n" + "    x = 1\n" * 50
    write(checkout, "src/yizheng/many.py", "def f(): ...\n" * 120 + long)
    assert sizes.main() == 0
    write(checkout, "src/yizheng/more.py", long)
    assert sizes.main() == 1
    assert "more.py:1 long  函数有 51 行" in capsys.readouterr().out


def test_lines_of_code_are_counted_without_what_only_explains(capsys: pytest.CaptureFixture[str]) -> None:
    source = '"""What it is."""\n\nimport os\n\n\ndef f() -> str:\n    """Why."""\n    # how\n    return """a\n\nb"""\n'
    assert sizes.code_lines(source) == 4
    first_registration = [
        str(CODE / "systems" / "nurses" / name) for name in ("first_registration.py", "rules.py", "disclosures.py")
    ]
    assert sizes.main(first_registration) == 0
    assert int(capsys.readouterr().out.split()[-2]) <= 150, "what a first registration takes: form, rules, item, effect"


@pytest.mark.parametrize("text", [IDENTITY, f"号码：{IDENTITY.lower()}。", f"201011110{IDENTITY}", MOBILE])
def test_a_number_that_may_be_a_persons_is_found_and_not_repeated(
    checkout: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    write(checkout, "docs/page.md", f"first\n{text}\n")
    assert personal_data.main() == 1
    said = capsys.readouterr().out
    assert "docs/page.md:2" in said
    assert text not in said


@pytest.mark.parametrize("text", ["19900000001", f"{IDENTITY[:-1]}*", f"a{IDENTITY}", f"{IDENTITY}0", "1.3612345678"])
def test_what_is_declared_or_no_number_at_all_is_left_alone(checkout: Path, text: str) -> None:
    write(checkout, "docs/page.md", text)
    assert personal_data.main() == 0


def test_a_declared_identity_number_may_stand(checkout: Path) -> None:
    write(checkout, "tests/invented_numbers.toml", f'identity_numbers = ["{IDENTITY}"]\nmobile_ranges = ["19900"]')
    write(checkout, "tests/test_it.py", f"NUMBER = '{IDENTITY}'")
    assert personal_data.main() == 0


def test_what_neither_code_nor_templates_name_is_dead(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(checkout, "src/yizheng/a.py", "@job\ndef queued(): ...\n\ndef shown(): ...\n\ndef lost(): ...\n")
    write(checkout, "src/yizheng/templates/page.html", "{{ it.shown }}")
    write(checkout, "tests/test_a.py", "from yizheng.a import lost\nlost()\n")
    assert dead_code.main() == 1
    said = capsys.readouterr().out
    assert "a.py:6  没有任何地方用到 lost" in said, "what tests alone use is dead"
    assert said.count("\n") == 1


def test_an_entry_of_the_allow_list_that_spares_nothing_is_named(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(checkout, "src/yizheng/a.py", "def lost(): ...\n")
    allowed = '[decorators]\n[names]\n"gone" = "x"\n[places]\n"a.py:function:lost" = "x"\n'
    write(checkout, "src/yizheng/dead_code.toml", allowed)
    assert dead_code.main() == 1
    assert capsys.readouterr().out.splitlines() == ["dead_code.toml  “gone”已不再豁免任何代码，请删去这一行"]


def test_coverage_is_told_by_room_and_by_system() -> None:
    def file(lines: int, branches: int) -> dict[str, dict[str, int]]:
        counted = {"num_statements": 10, "num_branches": 10, "covered_lines": lines, "covered_branches": branches}
        return {"summary": counted}

    rooms = coverage.by_room(
        {
            "src/yizheng/kernel/codes.py": file(10, 9),
            "/elsewhere/src/yizheng/kernel/names/pinyin.py": file(9, 8),
            "src/yizheng/systems/doctors/items/first.py": file(10, 10),
            "src/yizheng/systems/visible_facts.py": file(0, 0),
        }
    )
    assert {name: room.percent for name, room in rooms.items()} == {
        "kernel": 90.0,
        "systems": 0.0,
        "systems/doctors": 100.0,
    }
    assert next(iter(coverage.told(rooms))).split() == ["kernel", "90.0%", "36/40"]


@pytest.fixture
def run_by_check(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the check hands on after its own steps, of which one says a word."""
    ran: list[str] = []

    def noted(name: str) -> Callable[[list[str]], int]:
        def main(words: list[str]) -> int:
            ran.append(f"{name} {words}")
            return 0

        return main

    monkeypatch.setattr(assets, "build", lambda: None)
    monkeypatch.setattr(check, "STEPS", {"格式": ("-c", "print('fine')")})
    monkeypatch.setattr(test, "main", noted("tests"))
    monkeypatch.setattr(coverage, "main", noted("coverage"))
    return ran


def test_the_tests_run_when_every_step_passes_and_none_does_when_one_fails(
    run_by_check: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.main([]) == 0
    assert check.main(["--coverage"]) == 0
    assert run_by_check == ["tests []", "coverage []"]
    monkeypatch.setitem(check.STEPS, "规范", ("-c", "import sys; print('line 7'); sys.exit(1)"))
    assert check.main([]) == 1
    told = capsys.readouterr()
    assert "line 7" in told.out
    assert "fine" not in told.out
    assert told.err == "未通过：规范\n"
    assert run_by_check == ["tests []", "coverage []"]
    assert check.main(["--help"]) == 0


def test_a_room_that_is_not_reached_far_enough_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measured(words: list[str]) -> int:
        counted = {"num_statements": 10, "num_branches": 0, "covered_lines": 8, "covered_branches": 0}
        report = words[-1].partition("json:")[2]
        Path(report).write_text(json.dumps({"files": {"src/yizheng/kernel/codes.py": {"summary": counted}}}))
        return 0

    monkeypatch.setattr(test, "main", measured)
    assert coverage.main([]) == 1
    assert "覆盖率不足 90%：kernel" in capsys.readouterr().err


def test_every_template_compiles_and_a_wrong_one_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert templates.main() == 0

    def wrong(name: str) -> None:
        raise TemplateSyntaxError("no such tag")

    monkeypatch.setattr(templates, "get_template", wrong)
    assert templates.main() == 1
    assert "shell/base.html: no such tag" in capsys.readouterr().out


def test_what_stands_twice_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(duplicates, "CHECKOUT", tmp_path)
    for folder in duplicates.FOLDERS:
        (tmp_path / folder).mkdir()
    assert duplicates.main() == 0
    same = "".join(f"    value_{number} = compute({number}, other_{number})\n" for number in range(30))
    for name in ("one", "two"):
        write(tmp_path, f"src/{name}.py", f"def {name}():\n{same}")
    assert duplicates.main() != 0
    assert "请合并为一处" in capsys.readouterr().out
