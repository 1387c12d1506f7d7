"""What an account can apply for, in groups: what is possible now first, the rest with the reason why not."""

from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yizheng.disclosure.models import PublicTally
from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Initiator, Item
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.permissions import scopes_of
from yizheng.registry.registers import registers


@dataclass(frozen=True, slots=True)
class Offer:
    """One item and why it cannot be begun now; empty where it can."""

    item: Item
    why: str = ""


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """The offers under one heading."""

    title: str
    possible: tuple[Offer, ...]
    impossible: tuple[Offer, ...]
    elsewhere: bool = False
    """Whether its items are those of registers that do not know the person."""
    of: str = ""
    """Whose register its items belong to, where none knows the person."""


def offers(account: Account) -> list[Offer]:
    """Every item an account can open, with the reason where it cannot now."""
    today = timezone.localdate()
    if account.kind == AccountKind.INSTITUTION:
        open_to_institutions = [item for item in items(today) if Initiator.INSTITUTION in item.initiators]
        with ExitStack() as remembered:
            for item in open_to_institutions:
                remembered.enter_context(item.together())
            return [Offer(item, _why_not(account, item, today)) for item in open_to_institutions]
    subject_id = account.subject_id
    if subject_id is None:
        return []
    open_to_persons = [item for item in items(today) if Initiator.PERSON in item.initiators]
    with ExitStack() as remembered:
        for item in open_to_persons:
            remembered.enter_context(item.together())
        found = [Offer(item, item.may_apply(subject_id, today) or "") for item in open_to_persons]
    foreign = holds_only_a_passport(subject_id)
    return sorted(found, key=lambda offer: bool(offer.item.english) is not foreign)


def _why_not(account: Account, item: Item, today: date) -> str:
    """Why an institution cannot apply for itself now; for its people it is asked once one of them is chosen."""
    own = scopes_of(account, Role.INSTITUTION_OPERATOR) if item.about_itself else []
    return (item.may_initiate(own[0].subject_id or 0, own[0].pk, today) or "") if own else ""


def holds_only_a_passport(subject_id: int) -> bool:
    """Whether the person is known by a passport alone: what she can do stands in two languages."""
    return vault.kinds_of(subject_id) & DOCUMENTS == {IdentifierKind.PASSPORT}


DOCUMENTS = {IdentifierKind.RESIDENT_ID, IdentifierKind.HMT_PERMIT, IdentifierKind.PASSPORT}


def likely(groups: Iterable[OfferGroup]) -> Offer | None:
    """What the person most probably came for: the first thing she can do now; nothing where no register knows her."""
    return next((offer for group in groups for offer in group.possible if not group.of), None)


ENDING = frozenset({"离岗与注销", "军地转换"})
"""Headings of what takes somebody out of the register."""


def grouped(found: Iterable[Offer], known: Collection[str] | None = None) -> list[OfferGroup]:
    """The offers by heading: what is possible first, what ends a registration last, else in order of the catalogue.

    Where registers know the person as ``known``, the items of others stand apart behind those of her own. Of whom
    none knows the items of each register stand together, of the register with most people first; ``None`` is no person.
    """
    stranger = known is not None and not known
    by_title: dict[tuple[bool, str, str], list[Offer]] = {}
    for offer in found:
        elsewhere = bool(known) and offer.item.register not in (known or ())
        of = offer.item.register if stranger else ""
        by_title.setdefault((elsewhere, of, offer.item.group), []).append(offer)
    groups = [
        OfferGroup(
            title,
            tuple(offer for offer in under if not offer.why),
            tuple(offer for offer in under if offer.why),
            elsewhere,
            of,
        )
        for (elsewhere, of, title), under in by_title.items()
    ]
    place = {of: index for index, of in enumerate(most_people_first())} if stranger else {}
    return sorted(
        groups,
        key=lambda group: (
            group.elsewhere, not group.possible, place.get(group.of, len(place)), group.title in ENDING,
        ),
    )  # fmt: skip


def most_people_first() -> list[str]:
    """What people are called by register, of the register with most people in force first: a stranger is likeliest of that one."""
    counted = dict(PublicTally.objects.values_list("register", "in_force"))
    return [each.title for each in sorted(registers(), key=lambda each: -counted.get(each.code, 0)) if each.of_people]
