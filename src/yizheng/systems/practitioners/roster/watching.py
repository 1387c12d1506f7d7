"""The watch list of a register: its owner is told when the registration of somebody on it changes.

医师法 第二十一条, 行政许可法 第四十条: registrations are open to inquiry, so anybody who knows name and certificate number may watch; an
institution may watch its whole roster. What is told is what the public register says as well, never a penalty or a reason.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.names.folding import same_name
from yizheng.people import audit
from yizheng.people.kinds import Role, ScopeKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system, acting_for_organisations
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import Watch
from yizheng.systems.practitioners.registered import PeopleRegister, Standing, people_register, standing_on
from yizheng.work import inbox

MOST = 5000
"""People on one list; a longer one is a register, not a list of those one watches."""
CHUNK = 1000


class NotWatchable(ValueError):
    """Nobody can be put on the list by what was typed; the message says what to do."""


def watch(people: PeopleRegister, account: Account, scope: Scope, name: str, number: str, note: str = "") -> Watch:
    """Put a person on the list by full name and certificate number. Raises NotWatchable."""
    name, number = name.strip(), number.strip()
    with acting_as_system("关注名单核对姓名和证书编码"):
        subject = people.numbered([number]).get(number)
    now = standing_on(people, [subject] if subject else [], timezone.localdate())
    identity = now.identities.get(subject or 0)
    if subject is None or identity is None or not same_name(identity.name, name):
        raise NotWatchable(f"没有姓名和{people.number_title}都相符的{people.title}，请核对后再填")
    return _put(people, account, scope, {subject: identity.name}, note)[0]


def watch_roster(people: PeopleRegister, account: Account, scope: Scope) -> int:
    """Put everybody who is registered at the institution on its list. Returns how many were added."""
    today = timezone.localdate()
    here = people.here(people.relations[0], account, scope.subject_id or 0, today)
    subjects = set(here.values_list("subject_id", flat=True))
    names = {key: each.name for key, each in standing_on(people, subjects, today).identities.items()}
    return len(_put(people, account, scope, names, ""))


def watched(people: PeopleRegister, account: Account, scope: Scope) -> Any:
    """The rows of a list."""
    return Watch.objects.visible_to(account).filter(register=people.code, watcher_scope=scope.pk)


def unwatch(people: PeopleRegister, account: Account, scope: Scope, ids: Iterable[int]) -> int:
    """Take people off the list. Returns how many."""
    with transaction.atomic():
        gone: int
        gone, _ = watched(people, account, scope).filter(pk__in=list(ids)).delete()
        audit.record(account, "watch.remove", f"scope:{scope.pk}", {"count": gone})
    return gone


def _put(people: PeopleRegister, account: Account, scope: Scope, names: dict[int, str], note: str) -> list[Watch]:
    kept = watched(people, account, scope)
    new = names.keys() - set(kept.filter(subject_id__in=names).values_list("subject_id", flat=True))
    if kept.count() + len(new) > MOST:
        raise NotWatchable(f"关注名单最多 {MOST} 人，请先移出不再需要的人员")
    says = statements(people, new, timezone.localdate())
    rows = [
        Watch(
            register=people.code,
            watcher_scope=scope.pk,
            subject_id=subject,
            name=names[subject],
            note=note,
            told=says.get(subject, ""),
            added_by=account,
        )
        for subject in sorted(new)
    ]
    with transaction.atomic():
        insert_many(rows)
        audit.record(account, "watch.add", f"scope:{scope.pk}", {"count": len(rows)})
    return rows or list(kept.filter(subject_id__in=names))


def statements(people: PeopleRegister, subjects: Iterable[int], on: date) -> dict[int, str]:
    """What the register says of these people in one line each: standing, institution, scopes; three queries."""
    standing = standing_on(people, subjects, on)
    places = {each.institution_id for each in standing.registrations.values() if each.institution_id}
    names = {key: row.name for key, row in licences.licences_on(places, on).items()}
    return {subject: _statement(people, subject, standing, names) for subject in standing.identities}


def _statement(people: PeopleRegister, subject: int, standing: Standing, institutions: dict[int, str]) -> str:
    held = standing.registrations.get(subject)
    if held is None:
        return "没有执业注册"
    status, may_do = people.told(held)
    parts = (status, institutions.get(held.institution_id or 0, ""), may_do)
    return "　".join(part for part in parts if part)[:200]


def tell_changes(on: date | None = None) -> int:
    """Compare every list with the register and tell its owner what changed since last told. Returns how many changes."""
    today, told = on or timezone.localdate(), 0
    with acting_for_organisations("关注名单核对状态"):
        watched = Watch.objects.all().order_by("pk")
        last = 0
        while chunk := list(watched.filter(pk__gt=last)[:CHUNK]):
            told += _tell(chunk, today)
            last = chunk[-1].pk
    return told


def _tell(rows: list[Watch], today: date) -> int:
    says: dict[tuple[str, int], str] = {}
    for code in {each.register for each in rows}:
        subjects = {each.subject_id for each in rows if each.register == code}
        found = statements(people_register(code), subjects, today)
        says |= {(code, subject): words for subject, words in found.items()}
    changed = [each for each in rows if says.get((each.register, each.subject_id), "") not in ("", each.told)]
    owners = Scope.objects.in_bulk({each.watcher_scope for each in changed})
    with transaction.atomic():
        for each in changed:
            former, each.told = each.told, says[each.register, each.subject_id]
            each.changed_at = timezone.now()
            _send(owners[each.watcher_scope], each, former)
        Watch.objects.bulk_update(changed, ["told", "changed_at"])
    return len(changed)


def _send(owner: Scope, row: Watch, former: str) -> None:
    inbox.send(
        role=Role.INSTITUTION_OPERATOR if owner.kind == ScopeKind.ORGANISATION else Role.ACCEPTOR,
        scope=owner.pk,
        kind="watch",
        title=f"关注的{row.name}登记状态有变化",
        body=f"原为：{former or '未登记'}\n现为：{row.told}",
        link=reverse(f"{people_register(row.register).system}:watch"),
    )
