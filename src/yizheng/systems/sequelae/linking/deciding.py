"""Decisions by hand: whose a record is, and that two which were joined are two. The rows before stay; the last one holds."""

from django.db import transaction
from django.utils import timezone

from yizheng.kernel.linkage.scoring import name_level
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.examinations.standing import take_back
from yizheng.systems.sequelae.linking.running import HAND
from yizheng.systems.sequelae.models import BatchRow, Examination, Link, Person
from yizheng.systems.sequelae.models.examinations import LinkState
from yizheng.systems.sequelae.office import office_key
from yizheng.systems.sequelae.persons.identities import who_is


class Refused(Exception):
    """What cannot be decided; the words are for who decides."""


@transaction.atomic
def decide(account: Account, link_key: int, person: Person | None, why: str, *, sure: bool = False) -> Link:
    """Say whose a record is (or that it is nobody's here), with the reason; no later run changes it. Raises Refused.

    What was taken in under another person leaves her, and what stood before it stands again.
    """
    reason = why.strip()
    if not reason:
        raise Refused("请写明理由")
    former = Link.objects.select_for_update().filter(pk=link_key, until=None).first()
    if former is None:
        raise Refused("另一人刚刚认定了这条记录，请刷新页面")
    if former.method == HAND and former.person_id == (person.pk if person else None):
        raise Refused("这条记录已经这样认定")
    if person is not None:
        said = sealing.opened([(office_key(), former.sealed)])[0]["name"]
        if not sure and (words := names_apart(account, person, said)):
            raise Refused(words)
        _free(former, person)
    taken = list(Examination.objects.filter(link=former, withdrawn=False))
    take_back(taken)
    Link.objects.filter(pk=former.pk).update(until=timezone.now())
    made = Link.objects.create(
        source=former.source,
        year=former.year,
        record_index=bytes(former.record_index),
        sealed=former.sealed,
        person=person,
        candidates=former.candidates,
        method=HAND,
        score=former.score,
        state=LinkState.MATCHED if person else LinkState.UNMATCHED,
        by=account,
        why=reason[:200],
    )
    BatchRow.objects.filter(link=former).update(link=made)
    verb = "sequelae.split" if former.person_id and former.person_id != made.person_id else "sequelae.link"
    audit.record(account, verb, f"sequelae_link:{made.pk}", {"withdrawn": len(taken)})
    return made


def names_apart(account: Account, person: Person, said: str) -> str:
    """Who is meant, where her names are none of what a record says; whoever joins them all the same says so."""
    who = who_is(account, person)
    if any(name_level(said, each) != "different" for each in (who.name, *who.former)):
        return ""
    return f"{person.code} 登记的是{who.name}，记录写的是{said or '空白'}；核对无误的，勾选“姓名不同仍认定”"


def _free(former: Link, person: Person) -> None:
    """One person has one record a file: who has one already is split from it first."""
    rows = Link.objects.filter(source=former.source, year=former.year, person=person, until=None).exclude(pk=former.pk)
    if rows.filter(rows__batch__in=former.rows.values("batch")).exists():
        raise Refused(f"{person.code} 在这个文件里已有一条记录，请先拆分那一条")
