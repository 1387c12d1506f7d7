"""Prints the one-time code of a demonstration account; refused everywhere else."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yizheng.people.models import Account, TotpDevice
from yizheng.people.signing_in import totp


class Command(BaseCommand):
    """``totp_code USERNAME``."""

    help = "演示账号此刻的动态口令（仅演示城市可用）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The user name."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the code of this moment."""
        if not getattr(settings, "DEMO", False):
            raise CommandError("只有演示城市可以这样取动态口令")
        try:
            account = Account.objects.get(username=options["username"])
            self.stdout.write(totp.code_now(account))
        except (Account.DoesNotExist, TotpDevice.DoesNotExist):
            raise CommandError("没有这个账号，或者它没有设置动态口令") from None
