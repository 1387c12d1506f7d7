"""What subscribers are told: the entries of everybody who practises at their institution, and of the institution itself.

At first everybody, then each change in the transaction that makes it. Who left is told of once more, as ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from django.db.models import Q
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.exchange.channels.declaring import Channel, Draft, Family
from yizheng.exchange.channels.reconciling import fill
from yizheng.exchange.channels.running import declare_running_family
from yizheng.exchange.channels.signing import OwnKey
from yizheng.exchange.keys import own_keys
from yizheng.exchange.models import Message, Subscription
from yizheng.exchange.models.subscriptions import FAMILY
from yizheng.exchange.subscribers.webhook import Webhook
from yizheng.gateway.registers import entries
from yizheng.gateway.registers.channels import MESSAGES
from yizheng.people.scope import acting_as_system
from yizheng.work.schedules import schedule


def _channel(subscription: Subscription) -> Channel:
    institution = subscription.institution_id
    return Channel(
        subscription.channel, f"变更订阅：{subscription.name}", "",
        f"本机构执业人员和机构登记的变更，推送到 {subscription.address}", MESSAGES,
        again=partial(_again, institution), every=partial(_staff, institution, subscription.channel),
        batch=50, owner="机构经办人",
        other=lambda: Webhook(subscription.pk, subscription.address, OwnKey(own_keys().signing)),
    )  # fmt: skip


def _channels() -> list[Channel]:
    return [_channel(each) for each in Subscription.objects.filter(ended=None).order_by("pk")]


def _find(name: str) -> Channel | None:
    is_number = name.isascii() and name.isdecimal() and len(name) < 18
    found = Subscription.objects.filter(pk=int(name), ended=None).first() if is_number else None
    return _channel(found) if found else None


def _staff(institution: int, channel: str, days: tuple[date, date]) -> Iterable[str]:
    """Everybody who practises there and the institution, where nothing was told yet."""
    return [] if Message.objects.filter(channel=channel).exists() else _there(institution)


def _there(institution: int) -> list[str]:
    there = Q(stored_main__0=institution) | Q(stored_others__contains=[[institution]])
    today = timezone.localdate()
    people = [
        each
        for each in PublicPractitioner.objects.filter(there).order_by("register", "subject")
        if institution in _places(each, today)
    ]
    houses = PublicInstitution.objects.filter(subject=institution).order_by("register")
    return [f"{each.register}:{each.subject}" for each in houses] + [
        f"{each.register}:{each.subject}" for each in people
    ]


@schedule("10 0 * * *", "subscriber.calendar", title="变更订阅：当日生效和到期的登记")
def tell_what_the_day_changed() -> None:
    """Tell subscribers of whom a day made come, leave or lapse, though nothing was decided; who stands as before is not told again."""
    for subscription in Subscription.objects.filter(ended=None).order_by("pk"):
        channel = _channel(subscription)
        told = Message.objects.filter(channel=channel.code).order_by("key", "-version").distinct("key")
        standing = {each.key for each in told if each.operation != "D"}
        if standing:
            with acting_as_system(f"核对 {channel.title}"):
                here = _there(subscription.institution_id)
            fill(channel, sorted(standing | set(here)))


def _again(institution: int, keys: Sequence[str]) -> Iterator[Draft]:
    """The entries of these keys; one of somebody who is no longer there ends what was told of her."""
    people = {(each.register, each.subject): each for each in entries.people(map(_subject, keys))}
    today = timezone.localdate()
    for draft in entries.again(keys):
        entry = people.get((draft.kind, draft.subject_id))
        yield _ended(draft) if entry and institution not in _places(entry, today) else draft


def _collect(changes: Sequence[int]) -> Iterator[tuple[Channel, list[Draft]]]:
    watching: dict[int, list[Subscription]] = defaultdict(list)
    for each in Subscription.objects.filter(ended=None).order_by("pk"):
        watching[each.institution_id].append(each)
    touched = entries.touched(changes) if watching else set()
    if not touched:
        return
    drafts = {draft.key: draft for draft in entries.drafts(touched)}
    today, places = timezone.localdate(), {}
    for person in entries.people(touched):
        places[f"{person.register}:{person.subject}"] = _places(person, today)
    for house in watching.keys() & touched:
        places |= {
            key: {house}
            for key, draft in drafts.items()
            if draft.kind == entries.INSTITUTION and draft.subject_id == house
        }
    for institution, subscriptions in watching.items():
        here = [drafts[key] for key, at in places.items() if institution in at]
        elsewhere = [key for key, at in places.items() if institution not in at]
        for subscription in subscriptions:
            last = Message.objects.filter(channel=subscription.channel, key__in=elsewhere)
            last = last.order_by("key", "-version").distinct("key")
            gone = [_ended(drafts[each.key]) for each in last if each.operation != "D"]
            yield _channel(subscription), [*here, *gone]


def _ended(draft: Draft) -> Draft:
    return Draft(draft.kind, draft.key, draft.payload, draft.subject_id, draft.authority_scope, ends=True)


def _places(entry: PublicPractitioner, on: date) -> set[int]:
    """The institutions where somebody is registered or filed on a day."""
    main, others = entry.main, entry.others
    return {each.institution for each in (*([main] if main else []), *others) if each.since <= on < each.until}


def _subject(key: str) -> int:
    return int(key.rpartition(":")[2])


declare_running_family(Family(FAMILY, _channels, _find, _collect), "发送：变更订阅")
