"""``./yizheng manage sequelae_office``: open the office, over which the roles are then granted."""

from typing import Any

from django.core.management.base import BaseCommand

from yizheng.systems.sequelae.office import open_office


class Command(BaseCommand):
    """Opens the office."""

    help = "设立非典后遗症健康管理办公室，设立以后在账号管理中授予各角色"

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, and say that it is there."""
        self.stdout.write(f"{open_office().name}已设立")
