"""How a run of the whole suite is shared out among its processes: file by file, what takes longest first.

A file is never split, so what its tests share (an installation, a world, a browser) is made once. Files whose servers must not
run beside each other are one share. The short tests of plain functions come last, so that the processes end together.
"""

import re
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

SERVERS = ("tests/cli/test_bench.py", "tests/cli/test_recovery.py", "tests/cli/test_recovery_of_files.py")
"""Installations of these measure, kill and restore: one after the other."""

LONGEST_FIRST = (
    r"^servers$", r"tests/cli/test_up", r"tests/demo/", r"tests/permissions/", r"tests/journeys/", r"journey\.py$", r"browser",
    r"tests/registry/", r"verifying|at_once|linear|query_counts|test_jobs|declared", r"tests/shell/", r"tests/systems/",
)  # fmt: skip


def share_of(test: str) -> str:
    """The share that a test is in: its file, or that of the servers."""
    file = test.partition("::")[0]
    return "servers" if file in SERVERS else file


def turn_of(share: str) -> int:
    """When a share is handed out: the lowest first."""
    return next((turn for turn, these in enumerate(LONGEST_FIRST) if re.search(these, share)), len(LONGEST_FIRST))


class Shares(LoadFileScheduling):  # type: ignore[misc]  # it says nothing of its types
    """Hands the shares out."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=turn_of), last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares | None:
    """Our way, where files are what is shared out."""
    return Shares(config, log) if config.getoption("dist") == "loadfile" else None
