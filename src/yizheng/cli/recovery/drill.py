"""`./yizheng drill`: the newest backup restored for real, compared with the source, and every trace of it removed."""

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from yizheng.cli.database.databases import EmbeddedDatabase, reachable
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.backup import require_embedded, take_and_tell
from yizheng.cli.recovery.bringing_back import Restored, bring_back
from yizheng.cli.recovery.comparing import accounts, differences
from yizheng.cli.recovery.note import note
from yizheng.cli.recovery.restore import flush_log
from yizheng.cli.recovery.shelf import Shelf
from yizheng.cli.running.nightly import note_drill
from yizheng.cli.trouble import Trouble
from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calendar import BEIJING


def main(arguments: Sequence[str]) -> int:
    """Drill; 0 when the restore is proved, 1 when it is not."""
    chosen = _parser().parse_args(arguments)
    folders = Folders.chosen(chosen.data)
    require_embedded(folders)
    shelf = Shelf.of(folders)
    began = datetime.now(BEIJING)
    with reachable(folders) as source:
        assert isinstance(source, EmbeddedDatabase)
        if not shelf.backups():
            take_and_tell(folders, source, shelf)
        keys, apart = _keys(folders, chosen.keys)
        try:
            result = _drill(folders, source, shelf, keys)
        except Trouble as trouble:
            result = {"ok": False, "differences": [str(trouble)]}
        result["key_apart"] = apart
        said = _summary(result)
        noted = note(source.addresses, "drill", began, ok=result["ok"], summary=said, details=result)
    note_drill(folders)
    print(json.dumps(result, ensure_ascii=False, indent=1) if chosen.json else _text(result, said, noted))
    return 0 if result["ok"] else 1


def _keys(folders: Folders, given: str | None) -> tuple[Path, bool]:
    """The key to prove with: the one kept apart when there is one."""
    remembered = folders.run / "keys-place"
    place = given or (remembered.read_text("utf-8") if remembered.exists() else None)
    return (Path(place).absolute(), True) if place else (folders.secrets, False)


def _drill(folders: Folders, source: EmbeddedDatabase, shelf: Shelf, keys: Path) -> dict[str, Any]:
    backup = shelf.newest()
    flush_log(folders)
    scratch = Folders(Path(tempfile.mkdtemp(prefix="drill-", dir=folders.root)))
    try:
        clock = time.monotonic()
        brought = bring_back(backup, shelf, scratch, keys=keys, copy_files=False)
        result = {"backup": backup.name, "restore_seconds": round(time.monotonic() - clock, 1)}
        return result | _compared(source, brought)
    finally:
        EmbeddedDatabase(scratch).stop()
        shutil.rmtree(scratch.root, ignore_errors=True)


def _compared(source: EmbeddedDatabase, brought: Restored) -> dict[str, Any]:
    clock = time.monotonic()
    copy = EmbeddedDatabase(brought.folders)
    copy.cluster.start(brought.folders.logs / "postgres.log")
    restored, original = accounts(copy.addresses, source.addresses)
    missing = [f"附件缺失或内容不符：{digest}" for digest in brought.missing]
    found = [*differences(restored, original), *missing]
    return {
        "ok": not found,
        "position": restored["position"],
        "rows": sum(int(count) for count, _ in restored["tables"].values()),
        "tables": len(restored["tables"]),
        "seals": int(restored["seals"][0]),
        "sealed_to": restored["sealed_to"],
        "deciphered": restored["deciphered"],
        "compare_seconds": round(time.monotonic() - clock, 1),
        "attachments": brought.files,
        "differences": found,
    }


def _summary(result: dict[str, Any]) -> str:
    if not result["ok"]:
        return "恢复演练未通过：" + "；".join(result["differences"][:3])
    return (
        f"恢复演练通过：备份 {result['backup']} 恢复到序位 {result['position']}，"
        f"{result['tables']} 张登记表 {result['rows']:,} 行与源库一致，{result['seals']} 号封存相符，"
        f"解密证件号 {result['deciphered']} 个；恢复 {result['restore_seconds']} 秒，比对 {result['compare_seconds']} 秒"
    )


def _text(result: dict[str, Any], said: str, noted: bool) -> str:
    lines = [said]
    if not result["key_apart"]:
        lines.append(
            "  提醒：用的是数据目录里的密钥；请用 ./yizheng backup --keys 目录 把密钥另存，演练才能证明那一份可用"
        )
    lines.append("  临时库已删除" + ("，结果已记入数据库" if noted else "；未能把结果记入数据库"))
    return "\n".join(lines)


def _parser() -> Arguments:
    parser = Arguments(prog="./yizheng drill", description="恢复演练：真的恢复最近一份备份，与源库比对，计时，然后清除")
    parser.add_argument("--keys", help="单独保管的密钥目录，默认用上次 backup --keys 的那一处")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    return parser
