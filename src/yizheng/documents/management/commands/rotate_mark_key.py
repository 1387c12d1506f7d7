"""Replaces the key that signs QR codes and status lists; the former public key stays, so what it signed stays genuine."""

from typing import Any

from django.core.management.base import BaseCommand

from yizheng.documents.signing.marks import mark_keys
from yizheng.people import audit
from yizheng.people.scope import acting_as_system


class Command(BaseCommand):
    """``rotate_mark_key``."""

    help = "更换二维码与状态名单的签名密钥（旧公钥保留，旧证照仍可核验）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key, record it, print its name."""
        name = mark_keys().rotate()
        with acting_as_system("更换二维码签名密钥"):
            audit.record(None, "keys.rotate", f"mark_key:{name}")
        self.stdout.write(f"新密钥 {name} 已启用")
