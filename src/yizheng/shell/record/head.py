"""Who the subject is and how it stands today, whatever day the page shows: the head of every page about it.

Name and standing are public by law (医师法 第二十一条), so they are shown even where another authority entered them; a former
authority would else read them as "not registered".
"""

from datetime import date
from typing import Any

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.permissions import may
from yizheng.people.rights.roles import Power
from yizheng.people.scope import acting_as_system
from yizheng.registry import as_of
from yizheng.registry.models import Fact
from yizheng.registry.record import Record
from yizheng.registry.wording.words import Words
from yizheng.shell.record.entries import heads, naming
from yizheng.shell.record.names import names_for
from yizheng.shell.record.pages import RecordPage, head_kind, naming_of

NAMELESS = "（未载姓名）"


def standing_on(
    page: RecordPage, subject_id: int, on: date, known: int | None = None
) -> tuple[Fact | None, Fact | None]:
    """Who the subject is on a day and the version that says how it stands, whoever entered them; two queries."""
    with acting_as_system("登记页显示公开的姓名和注册状态"):
        found = [
            each
            for kind in (naming_of(page.register), head_kind(page.register))
            if kind is not None
            for each in as_of(kind, subject_id, valid=on, known=known)
        ]
    return naming(found), next(iter(heads(found, page.register)), None)


def name_on(page: RecordPage, record: Record, on: date) -> str:
    """What the subject is called today, else what it was last called."""
    who = standing_on(page, record.subject_id, on)[0] or naming(record.versions)
    return Words(names_for([])).names.own(who) if who else NAMELESS


def head(account: Account, page: RecordPage, record: Record, today: date) -> dict[str, Any]:
    """Name, numbers and today's standing."""
    who, held = standing_on(page, record.subject_id, today)
    who = who or naming(record.versions)
    words = Words(names_for([held] if held else []))
    kind = head_kind(page.register)
    principal = kind.head if kind else None
    masked = vault.masked(record.subject_id, IdentifierKind.RESIDENT_ID) if page.register.of_people else ""
    reveals = bool(masked) and may(account, Power.UNMASK)
    seen = any(type(each) is type(held) and each.pk == held.pk for each in record.versions) if held else False
    return {
        "id": record.subject_id,
        "name": words.names.own(who) if who else NAMELESS,
        "beside": words.tell(who.naming.beside, who) if who and who.naming else "",
        "about": words.tell(principal.about, held) if principal and held else "",
        "number": getattr(held, principal.number) if principal and principal.number and held else "",
        "number_label": principal.number_label if principal else "",
        "covered": not seen,
        "office": words.names.office(held.authority_scope) if held else "",
        "words": principal.standing(held, today) if principal else None,
        "masked": masked,
        "reveal_url": page.within("reveal", record.subject_id, IdentifierKind.RESIDENT_ID) if reveals else "",
    }


def elsewhere(page: RecordPage, record: Record, on: date, position: int | None) -> str:
    """The authority whose registration holds on a day, where the account does not see it; empty where it does."""
    if heads(record.on(on, position), page.register):
        return ""
    _, held = standing_on(page, record.subject_id, on, position)
    return names_for([held]).office(held.authority_scope) if held else ""
