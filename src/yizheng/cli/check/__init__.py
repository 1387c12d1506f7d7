"""`./yizheng check`: all that continuous integration does, the quick steps first, the tests last.

With `--coverage`, as continuous integration runs it by night, the tests are measured too and told by room.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from yizheng.cli import assets, test
from yizheng.cli.check import coverage
from yizheng.cli.folders import CHECKOUT, CODE

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
STEPS: dict[str, Sequence[str]] = {
    "格式": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "规范": ("-m", "ruff", "check", "--quiet", "."),
    "类型": ("-m", "mypy", "src", "tests", "benchmarks"),
    "分层": ("-c", _LINT_IMPORTS),
    "迁移": ("-W", "ignore::RuntimeWarning", "-m", "django", "makemigrations", "--check", "--dry-run"),
    "部署": ("-m", "django", "check", "--deploy", "--fail-level", "WARNING"),
    "模板": ("-m", "yizheng.cli.check.templates"),
    "模板规范": ("-m", "djlint", "--lint", "--quiet", "src"),
    "无用代码": ("-m", "yizheng.cli.check.dead_code"),
    "篇幅": ("-m", "yizheng.cli.check.sizes"),
    "重复": ("-m", "yizheng.cli.check.duplicates"),
    "个人信息": ("-m", "yizheng.cli.check.personal_data"),
}


def main(arguments: Sequence[str]) -> int:
    """Run every step; 0 when all passed. The tests run only when everything before them did."""
    if any(word in ("--help", "-h") for word in arguments):
        print(
            f"用法：./yizheng check [--coverage]\n\n依次检查：{'、'.join([*STEPS, '测试'])}。\n"
            f"--coverage 另测各部分的覆盖率（行与分支），须达 {coverage.NEEDED}%。"
        )
        return 0
    assets.build()
    with tempfile.TemporaryDirectory(prefix="yizheng-check-") as data:
        failed = [title for title, step in STEPS.items() if not _passes(title, step, data)]
    if failed:
        print(f"未通过：{'、'.join(failed)}", file=sys.stderr)
        return 1
    if "--coverage" in arguments:
        return coverage.main([word for word in arguments if word != "--coverage"])
    return test.main(arguments)


def _passes(title: str, step: Sequence[str], data: str) -> bool:
    """Run one step as production would be configured; its output is shown when it fails."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YIZHENG_"))},
        "PYTHONPATH": str(CODE.parent),
        "DJANGO_SETTINGS_MODULE": "yizheng.site.settings",
        "YIZHENG_DATA": data,
        "YIZHENG_HTTPS": "1",
        "YIZHENG_HOSTS": "yizheng.example",
    }
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, *step], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    print(f"{title}  {'通过' if done.returncode == 0 else '未通过'}  {time.monotonic() - began:.1f} 秒", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0
