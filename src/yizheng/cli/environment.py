"""Make or refresh `.venv` from a lock file: run by the system's Python, with its standard library alone.

Usage: environment.py HOME LOCK STAMP. Two that start at once wait for each other; the second finds the work done.
Every package must match the hashes of the lock file.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

NO_WAY = (
    "无法建立 Python 环境：本机的 Python 缺少 venv 模块，也没有找到 uv。请安装其一"
    "（Debian/Ubuntu：apt install python3-venv）。\n"
    "Cannot make the Python environment: this Python has no venv module and uv was not found; "
    "please install one of them (Debian/Ubuntu: apt install python3-venv)."
)
NO_PACKAGES = (
    "无法安装依赖包（原因见上），请检查网络、磁盘空间或包镜像设置后重试。\n"
    "The packages could not be installed (reason above); check network, disk space or the package index setting."
)
NO_PLACE = "无法写入 {home}，请确认当前用户对该目录有写权限。\nCannot write to {home}; please check your permissions."


def main(home: Path, lock: str, stamp: str) -> int:
    """Make the environment match the lock file; 0 when it does, 1 with a sentence when it cannot."""
    environment = home / ".venv"
    try:
        with (home / ".venv.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            return _refresh(environment, home / lock, stamp)
    except OSError as problem:
        print(NO_PLACE.format(home=home), f"({problem.strerror})", file=sys.stderr)
        return 1


def _refresh(environment: Path, lock: Path, stamp: str) -> int:
    mark = environment / f".installed-{lock.name}"
    works = _works(environment / "bin" / "python")
    if works and mark.exists() and mark.read_text() == stamp + "\n":
        return 0
    print("正在准备运行环境，首次需要下载依赖包…", file=sys.stderr)
    if not works and not _make(environment):
        print(NO_WAY, file=sys.stderr)
        return 1
    mark.unlink(missing_ok=True)
    if not install(environment, lock):
        print(NO_PACKAGES, file=sys.stderr)
        return 1
    mark.write_text(stamp + "\n")
    if lock.name == "requirements-dev.lock":
        _mark_runtime_too(environment, lock.with_name("requirements.lock"))
    return 0


def _mark_runtime_too(environment: Path, lock: Path) -> None:
    """The development lock holds the runtime lock's packages: `up` after `test` needs no further step."""
    with lock.open("rb") as stream:
        counted = subprocess.run(["cksum"], stdin=stream, capture_output=True, check=True, text=True)
    (environment / f".installed-{lock.name}").write_text(counted.stdout)


def _works(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def _uv() -> str | None:
    found = shutil.which("uv")
    works = found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0
    return found if works else None


def _make(environment: Path) -> bool:
    """Make an empty environment with this interpreter: by its own venv module, otherwise by uv."""
    shutil.rmtree(environment, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", environment], capture_output=True, check=False)
    if made.returncode == 0:
        return True
    shutil.rmtree(environment, ignore_errors=True)
    uv = _uv()
    command: list[str | Path] = [uv or "", "venv", "--quiet", "--python", sys.executable, environment]
    return uv is not None and subprocess.run(command, check=False).returncode == 0


def install(environment: Path, lock: Path, target: Path | None = None) -> bool:
    """Install the lock's packages, each checked by hash: into the environment, or into a folder of their own."""
    python = str(environment / "bin" / "python")
    uv = _uv() or _fetched_uv(environment)
    wanted = ["install", "--quiet", *(["--target", str(target)] if target else [])]
    wanted += ["--require-hashes", "-r", str(lock)]
    way = [uv, "pip", *wanted, "--compile-bytecode", "--python", python] if uv else [python, "-m", "pip", *wanted]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(way, env=quiet, check=False).returncode == 0


def _fetched_uv(environment: Path) -> str | None:
    """A uv of our own beside the packages: several times quicker than pip, and named by no lock."""
    place = environment / "uv"
    found = place / "bin" / "uv"
    if not found.exists():
        python = str(environment / "bin" / "python")
        command = [python, "-m", "pip", "install", "--quiet", "--target", str(place), "uv"]
        subprocess.run(command, check=False)
    return str(found) if found.exists() else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
