"""The round that runs, or ran last."""

from django.utils import timezone

from yizheng.people.models import Account
from yizheng.systems.sequelae.models import Round


def current_round(account: Account) -> Round | None:
    """The latest round that has begun; nothing before the first."""
    return Round.objects.visible_to(account).filter(starts__lte=timezone.localdate()).first()
