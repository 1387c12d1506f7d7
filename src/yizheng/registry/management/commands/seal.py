"""`python -m django seal`: seal and witness what is pending, for schedules outside of the worker and for drills."""

from typing import Any

from django.core.management.base import BaseCommand

from yizheng.registry.seals.sealing import seal_pending


class Command(BaseCommand):
    """Seals until nothing is pending."""

    help = "封存并见证尚未封存的变更"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each seal."""
        while seal := seal_pending():
            self.stdout.write(str(seal))
