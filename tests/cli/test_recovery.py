"""A backup restored for real: whole, to a moment, never over what is there; the drill compares and leaves nothing."""

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.cli.installation import prepare, run
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.folders import Folders
from yizheng.cli.recovery import backup, bringing_back, restore
from yizheng.cli.recovery.shelf import Shelf
from yizheng.cli.running.nightly import Nightly, note_drill
from yizheng.cli.trouble import Trouble
from yizheng.kernel.calendar import BEIJING


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with one backup, its keys kept apart, and after it a change that is sealed and witnessed."""
    data = tmp_path_factory.mktemp("recovery") / "data"
    database = prepare(data)
    try:
        backed = run("backup", "--data", str(data), "--keys", str(data.parent / "keys"))
        assert backed.returncode == 0, backed.stderr
        _change(data, "one")
        _seal(database)
    finally:
        database.stop()
    yield data
    shutil.rmtree(data.parent, ignore_errors=True)


def _seal(database: EmbeddedDatabase) -> None:
    assert database.addresses.run("django", "seal", capture_output=True).returncode == 0


def _change(data: Path, cause: str) -> None:
    """A change of the register, by the owner's hand."""
    database = EmbeddedDatabase(Folders(data))
    with psycopg.connect(database.addresses.owner) as owner:
        row = owner.execute(
            "insert into registry_change (kind, cause, reason) values ('correction', %s, '') returning id", [cause]
        ).fetchone()
        owner.execute("select registry_settle(%s)", row)


def _causes(data: Path) -> list[str]:
    database = EmbeddedDatabase(Folders(data))
    database.start()
    try:
        with psycopg.connect(database.addresses.owner) as owner:
            rows = owner.execute('select cause from registry_change order by "position"').fetchall()
    finally:
        database.stop()
    return [cause for (cause,) in rows]


def test_the_drill_proves_the_backup_and_leaves_nothing(place: Path) -> None:
    drilled = run("drill", "--data", str(place), "--json")
    found = json.loads(drilled.stdout)
    assert (drilled.returncode, found["ok"], found["differences"]) == (0, True, [])
    assert found["key_apart"] is True
    assert (found["position"], found["seals"], found["sealed_to"]) == (1, 1, 1)
    assert not list(place.glob("drill-*"))


def test_it_is_restored_beside_and_never_over(place: Path) -> None:
    target = place.parent / "whole"
    words = ("restore", "--data", str(place), "--into", str(target))
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert _causes(target) == ["one"]
    again = run(*words)
    assert again.returncode == 1
    assert "已有数据库，恢复不会覆盖它" in again.stderr


def test_to_the_moment_of_the_backup_what_came_after_is_not_there(place: Path) -> None:
    moment = Shelf.of(Folders(place)).newest().manifest.moment + timedelta(milliseconds=1)
    target = place.parent / "earlier"
    done = run("restore", "--data", str(place), "--into", str(target), "--to", moment.isoformat())
    assert done.returncode == 0, done.stderr
    assert _causes(target) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "1999-01-01 08:00"), "没有早于"),
        (("--to", "前天"), "看不懂时间"),
        (("--to", "2999-01-01 08:00"), "还没有到"),
        (("--from", "/nowhere"), "没有完整的备份"),
        (("--keys", "/nowhere"), "找不到主密钥"),
    ],
)
def test_refusals_are_one_sentence(place: Path, words: tuple[str, str], said: str) -> None:
    refused = run("restore", "--data", str(place), "--into", str(place.parent / "refused"), *words)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (place.parent / "refused").exists()


def test_another_key_and_a_damaged_log_are_told(place: Path) -> None:
    keys = place.parent / "other"
    keys.mkdir(exist_ok=True)
    (keys / "vault.key").write_text("another")
    refused = run("restore", "--data", str(place), "--into", str(place.parent / "x"), "--keys", str(keys))
    assert "不是备份" in refused.stderr
    segment = max(Shelf.of(Folders(place)).log.glob("0*0?.gz"))
    whole = segment.read_bytes()
    try:
        segment.write_bytes(gzip.compress(b"x")[:-4])
        damaged = run("restore", "--data", str(place), "--into", str(place.parent / "x"))
    finally:
        segment.write_bytes(whole)
    assert "已损坏" in damaged.stderr


def test_keys_are_never_put_beside_the_data(place: Path) -> None:
    refused = run("backup", "--data", str(place), "--keys", str(place / "backups" / "keys"))
    assert refused.returncode == 1
    assert "分开保管" in refused.stderr
    assert not list(Shelf.of(Folders(place)).root.rglob("vault.key"))


def test_backups_are_listed_and_at_least_one_is_kept(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert backup.main(["--data", str(place), "--list"]) == 0
    assert Shelf.of(Folders(place)).newest().name in capsys.readouterr().out
    assert backup.main(["--data", str(place.parent / "empty"), "--list"]) == 0
    assert "还没有备份" in capsys.readouterr().out
    with pytest.raises(Trouble, match="--keep 至少为 1"):
        backup.main(["--data", str(place), "--keep", "0"])


def test_somebody_elses_database_is_not_ours_to_back_up(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/x")
    with pytest.raises(Trouble, match="外部数据库由它自己的工具备份"):
        backup.main(["--data", str(place)])


def test_in_place_the_former_database_stays_aside_and_comes_back_when_it_fails(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(place), "--in-place"]
    with monkeypatch.context() as broken:
        broken.setattr(bringing_back, "room_for", lambda *_: refuse("no room"))
        with pytest.raises(Trouble, match="no room"):
            restore.main(words)
    assert (place / "postgres" / "PG_VERSION").exists()
    assert not list(place.glob("postgres-before-*"))
    assert restore.main(words) == 0
    said = capsys.readouterr().out
    (aside,) = place.glob("postgres-before-*")
    assert f"原来的数据库保留在 {aside}" in said
    assert "0 个文件齐全" in said
    assert _causes(place) == ["one"]


def refuse(sentence: str) -> None:
    raise Trouble(sentence)


def test_at_night_a_backup_is_due_once_and_a_drill_on_sunday(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    nightly = Nightly(folders)
    sunday = datetime(2026, 3, 1, 4, 0, tzinfo=BEIJING)
    assert nightly.due(sunday) is None
    Shelf.of(folders).make()
    assert nightly.due(sunday - timedelta(hours=2)) is None
    assert nightly.due(sunday) == "backup"
    nightly.tried["backup"] = sunday
    assert nightly.due(sunday) == "drill"
    note_drill(folders)
    assert nightly.due(datetime.now(BEIJING).replace(hour=4, minute=5)) in ("backup", None)
