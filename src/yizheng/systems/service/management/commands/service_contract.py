"""`./yizheng manage service_contract 合同.toml --lines 目录.csv`: take a contract of service in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yizheng.systems.service.clauses.loading import ContractError, load, read_lines, read_terms


class Command(BaseCommand):
    """Load the terms and the priced lines; nothing is written unless all of it is right."""

    help = "载入服务合同：合同.toml 写编号、名称、双方、起止和金额，目录.csv 写各行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two files."""
        parser.add_argument("terms", type=Path)
        parser.add_argument("--lines", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both files and load them."""
        try:
            lines = read_lines(options["lines"].read_text("utf-8-sig"))
            contract = load(read_terms(options["terms"]), lines)
        except (ContractError, OSError, UnicodeDecodeError) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"已载入 {contract.title}，{len(lines)} 行")
