"""`./yizheng test`: everything the tests need, then all of them, against the embedded PostgreSQL and a real browser."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from datetime import time as clock

from yizheng.cli import assets
from yizheng.cli.folders import CHECKOUT
from yizheng.cli.trouble import Trouble, last_line
from yizheng.kernel.calendar import BEIJING

SHELL = "chromium-headless-shell"
"""Chromium without windows: the same pages for half the processor time, where the system has it."""
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROGRAMS = {"pdfsig": "poppler-utils", "certutil": "libnss3-tools", "openssl": "openssl"}
"""Independent readers of what we sign, by the Debian package that brings each."""
PROCESSES = (os.cpu_count() or 1) + 1
"""One more than processors: a test often waits, for the database, a browser or an installation that starts."""
EVERYTHING = ("-n", str(PROCESSES), "--dist", "loadfile", "--durations=20", "--both-sides")
"""How the whole suite runs: in several processes, a file never split, its slowest twenty told, every check seen on both sides."""
LONGEST = timedelta(minutes=15)
"""A run of the whole suite takes no longer."""

_NOT_INHERITED = ("DATABASE_", "PYTHONDONTWRITEBYTECODE")
"""Each process a test starts would compile every module anew where it may not keep what it compiled."""


def main(arguments: Sequence[str]) -> int:
    """Install what is missing, run pytest with these arguments, return its exit code."""
    if any(word in ("--help", "-h") for word in arguments):
        print("用法：./yizheng test [pytest 的参数]\n\n安装测试所需（root 时含 Chromium），运行全部测试。")
        return 0
    browser = _require_programs()
    assets.build()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)},
        "YIZHENG_CHROMIUM": browser,
    }
    everything = [] if any(not word.startswith("-") for word in arguments) else EVERYTHING
    if everything:
        wait_for_the_new_day(datetime.now(BEIJING))
    command = [sys.executable, "-m", "pytest", *everything, *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode


def wait_for_the_new_day(now: datetime) -> None:
    """Begin after midnight when it is near: a test that was collected the day before speaks of another day than the platform."""
    left = datetime.combine(now.date() + timedelta(days=1), clock.min, BEIJING) - now
    if left <= LONGEST:
        print(f"北京时间将过零点，等 {left / timedelta(minutes=1):.0f} 分钟再开始：一次运行不跨两天", flush=True)
        time.sleep(left.total_seconds())


def _require_programs() -> str:
    """The browser's path; installs browser and PDF readers from the system's packages when root."""
    packages = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if _browser() is None:
        packages.insert(0, "chromium")
    if os.geteuid() == 0 and shutil.which("apt-get"):
        if packages:
            _install(packages)
        if _browser() in {shutil.which(name) for name in BROWSERS[1:]} - {None} and _offered(SHELL):
            _apt_get("install", "-y", "--no-install-recommends", SHELL)
    browser = _browser()
    absent = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if browser is None or absent:
        wanted = " ".join([*([] if browser else ["chromium"]), *absent])
        raise Trouble(f"测试还需要：{wanted}。请管理员安装，例如 apt-get install {wanted}，再运行 ./yizheng test")
    return browser


def _browser() -> str | None:
    chosen = os.environ.get("YIZHENG_CHROMIUM")
    return chosen or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _install(packages: Sequence[str]) -> None:
    print(f"正在安装测试所需的系统软件：{' '.join(packages)}", flush=True)
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = _apt_get(*step)
        if done.returncode != 0:
            raise Trouble(f"系统软件安装失败（apt-get {step[0]}）：{last_line(done.stderr or done.stdout)}")


def _apt_get(*words: str) -> subprocess.CompletedProcess[str]:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", "-qq", *words], env=quiet, capture_output=True, text=True, check=False)


def _offered(package: str) -> bool:
    """Whether the lists of the system's packages, as they are here now, know the package."""
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0
