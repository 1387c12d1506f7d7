"""Find what stands twice: twelve lines of code and more, found by arid (`tool.arid` in pyproject.toml)."""

import subprocess
import sys
import sysconfig
from pathlib import Path

from yizheng.cli.folders import CHECKOUT

FOLDERS = ("src", "tests", "benchmarks")


def main() -> int:
    """0 when nothing stands twice; otherwise the places are shown with what they share."""
    arid = str(Path(sysconfig.get_path("scripts")) / "arid")
    command = [arid, "--show-source", "--color", "never", "--exclude", "**/migrations/**", *FOLDERS]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"下列代码重复 12 行以上，请合并为一处：\n{done.stdout}{done.stderr}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
