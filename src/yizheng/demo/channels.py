"""The partners of the channels, simulated: registered before cases are decided, and told of everything once they are."""

from datetime import timedelta

from django.utils import timezone

from yizheng.exchange.channels.declaring import channel_of
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.reconciling import reconcile
from yizheng.exchange.simulating.partners import PARTNERS, register
from yizheng.people.models import Scope

FAULTS = ("timeout", "half")
"""What goes wrong at first, so that the page has something to tell."""


def connect() -> None:
    """Register the partners with the city; from now on decisions are told to them."""
    city = Scope.objects.get(code="110000")
    for each in PARTNERS.values():
        register(each, city.pk)


def tell() -> None:
    """Send what the city has said so far, with a fault or two, and reconcile. What comes back waits to be mended."""
    for simulated in PARTNERS.values():
        for code, make in simulated.channels.items():
            channel, other = channel_of(code), make()
            other.faults.next = list(FAULTS)
            for minute in range(4):
                deliver(channel, other, timezone.now() + timedelta(minutes=minute))
            reconcile(channel, other)
            other.keep(code)
