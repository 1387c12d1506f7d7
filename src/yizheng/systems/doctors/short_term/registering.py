"""What grants of short-term practice write, certify and end.

港澳医师短期行医规定 第八条、第九条、第十三条; 外国医师短期行医办法 第二条、第九条.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.documents.authorities import authority
from yizheng.documents.models import Ending
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of, table
from yizheng.licensing.item import Effect
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permits
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.models.permit import ENDED, REVOKED
from yizheng.systems.doctors.models.short_term import line
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.identities import show_to
from yizheng.systems.practitioners.models import PersonIdentity


@dataclass(frozen=True, slots=True)
class Host:
    """A host as a permit names it: where, at what, under which agreement."""

    institution: int
    name: str
    contract_from: date
    contract_to: date
    work: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """What is granted to one person: a certificate number, its days, and what it allows."""

    origin: str
    number: str
    issued: date
    last_day: date
    category: str = ""
    scopes: tuple[str, ...] = ()
    home_licence_authority: str = ""
    home_licence_until: date | None = None
    team: str = ""

    @property
    def kind(self) -> str:
        """The kind of certificate its origin is given."""
        return certificate_kind(self.origin)


def certificate_kind(origin: str) -> str:
    """The kind of certificate doctors of this origin are given."""
    return table("short_term_origin")[origin].attributes["certificate"]


def enter(
    change: ChangeInProgress, identity: PersonIdentity, permit: Permit, hosts: Iterable[Host], *, office: int, cause: str
) -> None:  # fmt: skip
    """The practice at each host, with its last day; the hosts and the authority see the person from now on."""
    for host in hosts:
        values = {
            "origin": permit.origin,
            "certificate_number": permit.number,
            "category": permit.category,
            "scopes": list(permit.scopes),
            "specialty": host.work,
            "institution": host.institution,
            "department": host.department,
            "contract_from": host.contract_from,
            "contract_to": host.contract_to,
            "home_licence_authority": permit.home_licence_authority,
            "home_licence_until": permit.home_licence_until,
            "issued_on": permit.issued,
            "valid_until": min(permit.last_day, host.contract_to),
            "team": permit.team,
        }
        change.state(
            ShortTermPractice,
            identity.subject_id,
            line(host.institution),
            values,
            valid_from=permit.issued,
            authority_scope=office,
        )
        show_to(change, identity, host.institution, office, cause)


def certified(permit: Permit, identity: PersonIdentity, hosts: Iterable[Host], office: Scope, **also: Any) -> Effect:  # fmt: skip
    """What the grant says and what its certificate prints."""
    named = list(hosts)
    allowed = (
        {
            "category": name_of("practice_category", permit.category),
            "scope": "；".join(name_of("practice_scope", code) for code in permit.scopes),
        }
        if permit.category
        else {"work": "；".join(dict.fromkeys(host.work for host in named))}
    )
    fields = permits.printed(
        identity,
        number=permit.number,
        issuer=authority(office.code).name,
        institution="；".join(host.name for host in named),
        valid_from=long_date(permit.issued),
        valid_until=long_date(permit.last_day),
        **also,
        **allowed,
    )
    return Effect(
        summary=f"准予短期行医，证书编号 {permit.number}，有效期至{long_date(permit.last_day)}",
        certificate_kind=permit.kind,
        certificate_fields=fields,
    )


def end(
    practices: Iterable[ShortTermPractice], change: ChangeInProgress, on: date, *, reason: str
) -> list[ShortTermPractice]:
    """The practices stand no longer from ``on``, each for this reason; their certificates end with them."""
    sanction = table("short_term_ending_reason")[reason].flag("sanction")
    status, ending = (REVOKED, Ending.PENALTY) if sanction else (ENDED, Ending.CANCELLED)
    return permits.end(practices, change, on, reason=reason, status=status, ending=ending)


def host_of(institution: str, on: date, **known: Any) -> Host:
    """A host by its registered name. Raises LookupError where it has no licence on the day."""
    licence = licences.named(institution, on)
    if licence is None:
        raise LookupError(f"{institution}在决定日没有执业许可")
    return Host(licence.subject_id, licence.name, **known)
