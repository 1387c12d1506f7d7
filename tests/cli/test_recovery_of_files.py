"""A file that was acknowledged comes back with the row that speaks of it, whatever was killed; what is missing is named."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.installation import command, environment, prepare, run
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.shelf import Shelf
from yizheng.kernel.file_store import Store

pytestmark = pytest.mark.xdist_group("servers")

_KEEPS = """
import os, django
django.setup()
from yizheng.documents.attachments import store_bytes
while True:
    print(store_bytes(os.urandom(3000)), flush=True)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[EmbeddedDatabase]:
    """A running installation whose backups are switched on."""
    found = prepare(tmp_path / "data")
    assert run("backup", "--data", str(found.folders.root)).returncode == 0
    yield found
    found.stop()
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def place(database: EmbeddedDatabase) -> Path:
    return database.folders.root


def acknowledged(data: Path, number: int) -> list[str]:
    """So many files kept by a process that is killed while it keeps the next."""
    database = EmbeddedDatabase(Folders(data))
    keeper = subprocess.Popen(
        [sys.executable, "-c", _KEEPS],
        env=database.addresses.environment(),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert keeper.stdout is not None
    told = [keeper.stdout.readline().strip() for _ in range(number)]
    keeper.kill()
    told += [line.strip() for line in keeper.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    keeper.stdout.close()
    keeper.wait()
    return told


def test_what_was_acknowledged_before_everything_was_killed_is_restored_from_the_shelf_alone(
    database: EmbeddedDatabase, place: Path
) -> None:
    told = acknowledged(place, 40)
    postmaster = database.cluster._child
    assert postmaster is not None
    postmaster.kill()
    postmaster.wait()
    shutil.rmtree(place / "attachments")
    database.start()
    target = place.parent / "restored"
    done = run("restore", "--data", str(place), "--into", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    assert "文件齐全" in done.stdout
    kept = Store(target / "attachments")
    assert len(told) >= 40
    assert kept.missing(told) == ()
    assert {kept.path(digest).stat().st_nlink for digest in told} == {1}


def test_a_lost_and_a_changed_file_are_named_and_the_next_backup_heals_the_copy(place: Path) -> None:
    lost, changed, *_ = acknowledged(place, 5)
    shelf = Store(Shelf.of(Folders(place)).attachments)
    shelf.path(lost).unlink()
    size = shelf.path(changed).stat().st_size
    shelf.path(changed).write_bytes(bytes(size))
    done = run("restore", "--data", str(place), "--into", str(place.parent / "restored"))
    assert done.returncode == 1
    assert lost in done.stderr
    assert changed in done.stderr
    named = (place.parent / "restored" / "logs" / "missing-attachments.txt").read_text().split()
    assert named == sorted([lost, changed])
    drilled = run("drill", "--data", str(place))
    assert (drilled.returncode, lost in drilled.stdout) == (1, True)
    assert run("backup", "--data", str(place)).returncode == 0
    assert shelf.missing([lost, changed]) == ()


def test_a_backup_killed_in_the_middle_spoils_nothing(place: Path) -> None:
    told = acknowledged(place, 10)
    shutil.rmtree(Shelf.of(Folders(place)).attachments)
    broken_off = subprocess.Popen(command("backup", "--data", str(place)), env=environment(), stdout=subprocess.DEVNULL)
    time.sleep(1.2)
    broken_off.kill()
    broken_off.wait()
    assert run("backup", "--data", str(place)).returncode == 0
    assert Store(Shelf.of(Folders(place)).attachments).missing(told) == ()
    assert run("drill", "--data", str(place)).returncode == 0


def test_a_damaged_file_never_takes_the_place_of_a_sound_copy(tmp_path: Path) -> None:
    source, copy = Store(tmp_path / "source"), Store(tmp_path / "copy")
    digest = source.put(b"as it was handed in")
    assert source.copy_to(copy) == 1
    source.path(digest).write_bytes(b"changed on the disk")
    assert source.copy_to(copy) == 0
    assert copy.read(digest) == b"as it was handed in"
