"""副署: a witness file rewritten after it was countersigned is found and named."""

import json
from pathlib import Path
from typing import cast

import pytest
from django.conf import LazySettings

from yizheng.documents.jobs import countersign_witness
from yizheng.documents.signing.countersigning import countersign_head, countersigned_file, faults
from yizheng.registry.seals.witness import witness_file
from yizheng.work.jobs import JobFailed, Progress


@pytest.fixture(autouse=True)
def witness_directory(tmp_path: Path, settings: LazySettings) -> None:
    settings.WITNESS_DIR = tmp_path


def write(*roots: str) -> None:
    """A witness file of these roots, numbered from 1."""
    lines = [
        {"seal": n, "first": n, "last": n, "leaves": 1, "root": root, "previous": "", "at": "2026-05-22T10:00:00+08:00"}
        for n, root in enumerate(roots, start=1)
    ]
    witness_file().write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_nothing_witnessed_is_nothing_to_countersign() -> None:
    assert countersign_head() is None
    assert faults() == []


def test_each_head_is_countersigned_once() -> None:
    write("aa")
    assert countersign_head() == 1
    assert countersign_head() is None
    write("aa", "bb", "cc")
    assert countersign_head() == 3
    assert faults() == []


@pytest.mark.parametrize("rewritten", [("aa", "xx"), ("aa",), ()])
def test_a_rewritten_or_cut_witness_file_is_named(rewritten: tuple[str, ...]) -> None:
    write("aa", "bb")
    countersign_head()
    write(*rewritten)
    assert faults() == ["第 2 号封存副署之后，见证文件中的根被改写或删除"]
    with pytest.raises(JobFailed, match="第 2 号封存"):
        countersign_witness(cast(Progress, None))


def test_a_countersignature_of_another_key_is_named() -> None:
    write("aa")
    countersign_head()
    kept = json.loads(countersigned_file().read_text())
    countersigned_file().write_text(json.dumps({**kept, "root": "zz"}) + "\n")
    assert faults() == ["第 1 号封存的副署不是本机见证密钥所签"]
