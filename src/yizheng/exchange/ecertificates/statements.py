"""What is told of a certificate: identifier with check character, metadata (GB/T 36903), extension items, state and operation.

One message is about one certificate number: the version in force, or the last, with the identifier it takes the place of. The
receiver puts that one to 05 in the same act, so a holder never has two in force.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yizheng.documents import sealing
from yizheng.documents.authorities import authority
from yizheng.documents.models import Certificate, MadeFor, Status
from yizheng.exchange.certificate_identifiers import build
from yizheng.exchange.channels.declaring import Draft
from yizheng.exchange.channels.mapping import mapping
from yizheng.exchange.ecertificates.types import PERSON, CertificateType, holders, types
from yizheng.exchange.organs import organ_code
from yizheng.people.models import Scope

STATEMENT = "certificate"
_HOLDER_WORDS = {PERSON: "公民身份号码", "001": "统一社会信用代码"}
_OPERATIONS = {
    MadeFor.FIRST: "新发", MadeFor.CHANGED: "变更", MadeFor.LOST: "换发", MadeFor.DAMAGED: "换发", MadeFor.FULL: "换发",
    MadeFor.LAYOUT: "换发", MadeFor.RESTORED: "恢复",
}  # fmt: skip
_ENDED = {"03": "撤销", "04": "注销", "05": "失效", "06": "办理转出", "07": "吊销", "99": "更正回退"}


def of_changes(changes: Sequence[int]) -> list[Certificate]:
    """The newest version of every certificate these changes made, ended, or whose holder's standing they touched."""
    told = Certificate.objects.all().filter(kind__in=types())
    touched = Q(change_id__in=changes) | Q(ended_by__in=changes)
    for kind, holder in holders().items():
        subjects = holder.touched(changes)
        if subjects:
            touched |= Q(kind=kind, subject_id__in=subjects)
    return newest(told.filter(touched).values_list("kind", "number"))


def newest(named: Iterable[tuple[str, str]]) -> list[Certificate]:
    """The newest version of these certificates (kind, number)."""
    wanted = set(named)
    if not wanted:
        return []
    rows = Certificate.objects.all().filter(
        kind__in={kind for kind, _ in wanted}, number__in={number for _, number in wanted}
    )
    last = rows.order_by("kind", "number", "-version").distinct("kind", "number")
    return [each for each in last if (each.kind, each.number) in wanted]


def key_of(certificate: Certificate) -> str:
    """What a certificate is told under: kind and number."""
    return f"{certificate.kind}:{certificate.number}"


def drafts(certificates: Sequence[Certificate]) -> Iterator[Draft]:
    """The statements about these certificates as they stand today."""
    if not certificates:
        return
    areas = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    printed = [fields for fields, _ in sealing.unseal_many(certificates)]
    standing, codes = _of_holders(certificates)
    for each, fields in zip(certificates, printed, strict=True):
        said = _statement(each, fields, areas[each.authority_scope], standing, codes)
        problem = said.pop("problem")
        yield Draft(
            STATEMENT, key_of(each), said, each.subject_id, each.authority_scope, fault="标识" if problem else "",
            note=problem, cause=f"change:{each.ended_by or each.change_id or 0}",
        )  # fmt: skip


def _of_holders(certificates: Sequence[Certificate]) -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], str]]:
    """By kind and holder: how the registration stands, and the code of an organisation."""
    standing: dict[tuple[str, int], str] = {}
    codes: dict[tuple[str, int], str] = {}
    for kind in {each.kind for each in certificates}:
        holder = holders().get(kind)
        subjects = [each.subject_id for each in certificates if each.kind == kind]
        if holder is not None:
            standing |= {(kind, subject): word for subject, word in holder.standing(subjects).items()}
            codes |= {(kind, subject): code for subject, code in (holder.code(subjects) if holder.code else {}).items()}
    return standing, codes


def state_of(certificate: Certificate, standing: str) -> str:
    """The state of the platform of certificates for how this one stands; one to one by the mapping table."""
    table, today = mapping("ecertificate_state"), timezone.localdate()
    if certificate.status == Status.VALID:
        return table.to("suspended" if standing == "suspended" else "valid", today)
    return table.to("moved" if standing == "moved" else certificate.ending, today)


def identifier_of(certificate: Certificate, kind: CertificateType, area: str, version: int) -> tuple[str, str]:
    """The identifier of a version, or what is wrong with its parts."""
    organ = organ_code(area, certificate.issued_on)
    made = build(kind.type_code, organ, kind.serial(certificate.number), f"{version:03d}")
    return (made.text, "") if not made.problems else ("", "、".join(sorted(made.problems)))


def _statement(
    certificate: Certificate,
    fields: Mapping[str, Any],
    area: str,
    standing: Mapping[tuple[str, int], str],
    codes: Mapping[tuple[str, int], str],
) -> dict[str, Any]:
    kind, named = types()[certificate.kind], (certificate.kind, certificate.subject_id)
    identifier, problem = identifier_of(certificate, kind, area, certificate.version)
    state = state_of(certificate, standing.get(named, ""))
    is_person = kind.holder_type == PERSON
    code = "" if is_person else codes.get(named, "")
    former = certificate.version > 1 and identifier_of(certificate, kind, area, certificate.version - 1)[0]
    return {
        "ZZMC": kind.title, "ZZLXDM": kind.type_code, "ZZBH": certificate.number, "ZZBS": identifier,
        "ZZBFJG": authority(area).name, "ZZBFJGDM": organ_code(area, certificate.issued_on),
        "ZZBFRQ": certificate.issued_on.isoformat(), "ZZYXQQSRQ": certificate.issued_on.isoformat(),
        "ZZYXQJZRQ": str(fields.get("term_to") or "长期"), "CZZT": str(fields["name"]), "CZZTDM": code,
        "CZZTDMLX": _HOLDER_WORDS[kind.holder_type], "CZZTDMLXDM": kind.holder_type,
        "certificate_area_code": area if area.isdigit() else "110000", "state": state,
        "operation": _operation(certificate, state), "GLZZBS": former or "", "digest": certificate.digest,
        "several": kind.several, **{item: fields[name] for name, item in kind.items.items() if fields.get(name)},
        "problem": problem or ("" if is_person or code else "持证主体没有统一社会信用代码"),
    }  # fmt: skip


def _operation(certificate: Certificate, state: str) -> str:
    if state == "02":
        return "暂扣"
    return _ENDED.get(state) or _OPERATIONS[MadeFor(certificate.made_for)]
