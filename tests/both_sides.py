"""Every check's code is seen on both sides of its edge: in one test file its rule finds something and, asked of another, nothing.

With `--both-sides`, as in every run of the whole suite, a run that passed fails when a code was not seen so. Only what a
test of a system itself asks counts, not what fixtures do. A rule that is silent because its step of the form is not filled
in, or because it is not in force, was not asked. What is asked in processes of their own is not seen.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from yizheng.licensing import findings
from yizheng.licensing.findings import Check, Finding, declared_checks

FOUND, SILENT = "found", "silent"
WHERE = "tests/systems/"
"""Tests of the rules; elsewhere a finding is met by chance."""

ONE_SIDE_SUFFICES = {
    "N-P03": "no penalty that the law knows of nurses has a fine",
    "N-P04": "no penalty that the law knows of nurses bans from the profession",
}
"""Codes that cannot be seen on both sides, and why."""

Seen = tuple[str, str, str]
"""A code, a side, and the test file that saw it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    parser.addoption(
        "--both-sides", action="store_true", help="fail when a check is not seen on both sides of its edge"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Watch in this process, which runs all tests, some of them, or collects what others saw."""
    if config.getoption("both_sides") and not config.getoption("collectonly"):
        config.pluginmanager.register(Watch(), "both-sides")


class Watch:
    """What tests saw of each code."""

    def __init__(self) -> None:
        self.seen: set[Seen] = set()
        self.told: dict[str, str] = {}
        self._partly = False
        self._patch = pytest.MonkeyPatch()

    def pytest_sessionstart(self) -> None:
        """Stand between the tests and the checks."""
        ask, passed = Check.__call__, Check.passed

        def asked(check: Check, applicant: Any, on: date) -> list[Finding]:
            answers = ask(check, applicant, on)
            by_a_form = sys._getframe(1).f_code is findings.ask.__code__  # which says itself what has passed
            if answers:
                self._note(check.code, FOUND)
            elif check.in_force_from <= on < check.in_force_to and not by_a_form:
                self._note(check.code, SILENT)
            return answers

        def satisfied(check: Check) -> Finding:
            self._note(check.code, SILENT)
            return passed(check)

        self._patch.setattr(Check, "__call__", asked)
        self._patch.setattr(Check, "passed", satisfied)

    def _note(self, code: str, side: str) -> None:
        test = os.environ.get("PYTEST_CURRENT_TEST", "")
        if test.startswith(WHERE) and test.endswith("(call)"):
            self.seen.add((code, side, test.partition("::")[0]))

    def pytest_deselected(self) -> None:
        """Part of the suite is not judged."""
        self._partly = True

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Another process has run its tests."""
        self.seen.update(map(tuple, getattr(node, "workeroutput", {}).get("seen", ())))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand on what was seen, or judge it."""
        self._patch.undo()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["seen"] = sorted(self.seen)
        elif session.exitstatus == pytest.ExitCode.OK and not self._partly:
            ours = {each.code for each in declared_checks() if each.rule.__module__.startswith("yizheng.")}
            self.told = lacking(ours, self.seen, ONE_SIDE_SUFFICES)
            if self.told:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name the codes."""
        for code, what in self.told.items():
            terminalreporter.write_line(f"检查 {code}：{what}", red=True)


def lacking(codes: Iterable[str], seen: Iterable[Seen], spared: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each code that no file saw on both sides, and with each that is spared for nothing."""
    sides: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, side, file in seen:
        sides[code][file].add(side)
    whole = {code for code, files in sides.items() if {FOUND, SILENT} in files.values()}
    wrong = {
        code: f"没有测试同时见其有结论和无结论（{_told(sides[code])}）" for code in sorted({*codes} - whole - {*spared})
    }
    return wrong | {
        code: "已不需要列为例外，请从 ONE_SIDE_SUFFICES 删去" for code in spared if code in whole or code not in codes
    }


def _told(files: Mapping[str, set[str]]) -> str:
    return "；".join(f"{file} {'、'.join(sorted(each))}" for file, each in sorted(files.items())) or "没有测试问过"
