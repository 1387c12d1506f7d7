"""The channel of electronic certificates (国务院关于在线政务服务的若干规定 第九条至第十一条): issue, change, renewal, suspension and end.

Others read a certificate by its holder's code with a purpose; each reading is in the audit trail.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from yizheng.documents.models import Certificate, Status
from yizheng.documents.paper import certificate_ofd
from yizheng.exchange.channels.declaring import Channel, Draft, MessageKind
from yizheng.exchange.channels.running import declare_running
from yizheng.exchange.ecertificates import statements
from yizheng.exchange.ecertificates.types import PERSON, holders, types
from yizheng.exchange.models import Partner
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.scope import acting_as_system

_TITLE = "市电子证照平台"


def _collect(changes: Sequence[int]) -> Iterable[Draft]:
    return statements.drafts(statements.of_changes(changes))


def _named(keys: Sequence[str]) -> list[tuple[str, str]]:
    return [(kind, number) for kind, _, number in (key.partition(":") for key in keys)]


def _again(keys: Sequence[str]) -> Iterable[Draft]:
    return statements.drafts(statements.newest(_named(keys)))


def _every(days: tuple[date, date]) -> Iterable[str]:
    made = Certificate.objects.all().filter(kind__in=types(), issued_on__range=days)
    return [statements.key_of(each) for each in made.only("kind", "number")]


def _filled(rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    people = [(subject, payload) for subject, payload in rows if payload["CZZTDMLXDM"] == PERSON]
    if people:
        numbers = vault.pass_on({subject for subject, _ in people}, IdentifierKind.RESIDENT_ID, _TITLE)
        for subject, payload in people:
            payload["CZZTDM"] = numbers.get(subject, "")


SAMPLE = {
    "ZZMC": "医疗机构执业许可证", "ZZBH": "20260000000001", "ZZLXDM": "11100000E99990017F001",
    "ZZBS": "1.2.156.3005.2.11100000E99990017F001.11110105000052943R.20260000000001.001.N", "state": "01", "several": False,
    "CZZTDM": "12110108E999900179",
}  # fmt: skip
CERTIFICATES = declare_running(
    Channel(
        "ecertificates",
        "市电子证照",
        "city-certificates",
        "医师、护士、医疗机构、医疗广告的电子证照：制发、变更、延续、暂扣、注销、撤销、吊销，随登记即时推送",
        (MessageKind(statements.STATEMENT, "证照信息", "证照种类和证照编号", SAMPLE),),
        collect=_collect,
        again=_again,
        every=_every,
        filled=_filled,
        mappings=("ecertificate_state",),
        batch=100,
    )
)


def described(certificate: Certificate, fields: Mapping[str, Any]) -> dict[str, str]:
    """The data a layout file of a certificate carries (GB/T 36903): what is told of it, with the holder's printed number."""
    if certificate.kind not in types():
        return {"ZZMC": certificate.title, "ZZBH": certificate.number}
    with acting_as_system("电子证照版式文件"):
        (told,) = statements.drafts([certificate])
    said = {
        name: "、".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in told.payload.items()
    }
    if told.payload["CZZTDMLXDM"] == PERSON:
        said["CZZTDM"] = str(fields.get("identity_number", ""))
    return {name: said[name] for name in sorted(said) if name.startswith(("ZZ", "CZZT", "GLZZ", "KZ_"))}


certificate_ofd.describe_by(described)


class NotReadable(Exception):
    """The request names no purpose or no kind of certificate that is shared; the message is Chinese."""


def read_by_holder(partner: Partner, kind: str, code: str, purpose: str) -> list[dict[str, Any]]:
    """The certificates in force of a holder, for another authority with a purpose. Raises NotReadable."""
    if not purpose.strip():
        raise NotReadable("须写明调用证照的用途")
    if kind not in types():
        raise NotReadable(f"没有证照种类“{kind}”")
    with acting_as_system(f"调用电子证照 {partner.code}"):
        subject = _holder_of(kind, code)
        found = Certificate.objects.all().filter(kind=kind, subject_id=subject or 0, status=Status.VALID)
        told = [dict(each.payload) for each in statements.drafts(list(found))]
        about = f"subject:{subject}" if subject else "subject"
        audit.record(
            None,
            "exchange.pull",
            about,
            {"partner": partner.code, "kind": kind, "purpose": purpose[:200], "told": len(told)},
        )
    return told


def _holder_of(kind: str, code: str) -> int | None:
    if types()[kind].holder_type == PERSON:
        return vault.find(IdentifierKind.RESIDENT_ID, code)
    holder = holders().get(kind)
    return holder.found(code) if holder and holder.found else None
