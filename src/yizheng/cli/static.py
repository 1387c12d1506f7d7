"""Collect page assets with hashed names and compressed twins, once a change."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from yizheng.cli import stamps
from yizheng.cli.folders import CODE, CHECKOUT, Folders
from yizheng.cli.trouble import Trouble


def _sources() -> list[Path]:
    ours = [path for place in CODE.glob("**/static") for path in place.rglob("*") if path.is_file()]
    return [*ours, CHECKOUT / "requirements.lock"]


def collect(folders: Folders, environment: Mapping[str, str]) -> None:
    """Bring `static` below the data directory up to the code; nothing to do when no asset changed."""
    digest = stamps.digest_of_times(_sources())
    stamp = folders.run / "static-collected"
    if folders.static.exists() and stamps.done(stamp, digest):
        return
    log = folders.logs / "static.log"
    with log.open("wb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "-v", "0"],
            env=dict(environment), stdout=stream, stderr=stream, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise Trouble(f"页面资源整理失败，原因见日志 {log}")
    stamps.remember(stamp, digest)
