"""`./yizheng manage service_advisories 通告.json`: hold advisories of osv.dev against what is installed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yizheng.systems.service.security.advisories import AdvisoryError, take_in


class Command(BaseCommand):
    """Take a file of advisories in; nothing is kept unless it can be read whole."""

    help = "导入 osv.dev 格式的安全通告，与已安装的软件包核对，命中的登记为漏洞"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read it and hold it against what is installed."""
        try:
            rows, opened = take_in(options["file"].read_text("utf-8"))
        except (AdvisoryError, OSError, UnicodeDecodeError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"已导入 {rows} 条，新登记漏洞 {opened} 项")
