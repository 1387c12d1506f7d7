"""The hospitals' own systems and what each sent: asked for by a signature or a token, which names the hospital it may see."""

from uuid import UUID

from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import Package, Sender
from yizheng.systems.infection.models.senders import CODE


def sender_of(code: str) -> Sender | None:
    """The system of a code, if it is registered."""
    number = code.removeprefix(CODE)
    if not code.startswith(CODE) or not (number.isascii() and number.isdigit()) or len(number) > 15:
        return None
    with acting_as_system("the hospital's system that calls"):
        return Sender.objects.filter(subject_id=int(number)).first()


def newest_of(sender: Sender) -> int:
    """The number of the newest package of a hospital; 0 where it sent none."""
    sent = Package.objects.filter(subject_id=sender.subject_id).order_by("-id")
    return sent.values_list("pk", flat=True).first() or 0


def package_of(sender: Sender, identifier: UUID) -> Package | None:
    """A package of this hospital."""
    return Package.objects.filter(subject_id=sender.subject_id, identifier=str(identifier)).first()
