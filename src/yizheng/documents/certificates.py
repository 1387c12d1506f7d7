"""电子证照: issued in the transaction that changes the register, renewed as a new version, ended once, never deleted.

行政许可法第三十九条、第四十四条 (issue and delivery), 第七十条 (cancellation); 国务院关于在线政务服务的若干规定第九条至第十一条
(an electronic certificate has the force of the paper one).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from yizheng.documents import sealing
from yizheng.documents.declarations import certificate_kind
from yizheng.documents.models import Certificate, Ending, MadeFor, Status
from yizheng.registry.writer.rows import insert_many

REISSUES = frozenset({MadeFor.LOST, MadeFor.DAMAGED, MadeFor.FULL, MadeFor.LAYOUT})
"""Grounds on which a certificate is made again though the register did not change."""


class AlreadyEnded(RuntimeError):
    """Somebody else ended or replaced this certificate first."""


@dataclass(frozen=True)
class Draft:
    """A certificate to be issued.

    `fields` are those the kind declares plus `number`, `issuer`, and optionally `photo` (digest of a kept picture),
    `changes` (rows of item, date, authority), `remarks` and `tables` (each with `title`, `head` and `rows` of texts).
    """

    kind: str
    subject_id: int
    authority_scope: int
    fields: dict[str, Any]
    issued_on: date
    change_id: int | None = None

    @property
    def number(self) -> str:
        """The number of the certificate; empty where the fields lack it, which `issue` refuses."""
        return str(self.fields.get("number", ""))


def certificate_under(pk: int | None) -> Certificate | None:
    """The certificate a case led to; call it as the system, for whoever may open the case."""
    found: Certificate | None = Certificate.objects.all().filter(pk=pk or 0).first()
    return found


def issue(draft: Draft) -> Certificate:
    """Issue a certificate, in place of the version of the same number that is in force if there is one.

    Raises UndeclaredKind, UnfitFields.
    """
    return issue_together([draft])[0]


def issue_many(drafts: Iterable[Draft]) -> int:
    """Issue first versions in bulk, for registers taken over from elsewhere. Returns how many."""
    return len(insert_many(_first_versions(list(drafts))))


def _first_versions(drafts: Sequence[Draft]) -> list[Certificate]:
    """Rows (unsaved) of certificates that have no version yet."""
    for draft in drafts:
        certificate_kind(draft.kind).check(draft.fields)
    sealed = sealing.seal_many([(draft.subject_id, draft.fields) for draft in drafts])
    return [_row(draft, made, version=1, former=None) for draft, made in zip(drafts, sealed, strict=True)]


def issue_together(drafts: Sequence[Draft]) -> list[Certificate]:
    """As `issue` for many at once, in the order given; a number stands among them once."""
    if not drafts:
        return []
    same = Certificate.objects.all().filter(
        subject_id__in=[draft.subject_id for draft in drafts], number__in=[draft.number for draft in drafts]
    )
    known = set(same.values_list("kind", "subject_id", "number"))
    fresh = [draft for draft in drafts if _named(draft) not in known]
    again = [draft for draft in drafts if _named(draft) in known]
    with transaction.atomic():
        rows = insert_many([*_first_versions(fresh), *_next_versions(again)])
    issued = {id(draft): row for draft, row in zip([*fresh, *again], rows, strict=True)}
    return [issued[id(draft)] for draft in drafts]


def _named(one: Draft | Certificate) -> tuple[str, int, str]:
    return one.kind, one.subject_id, one.number


def _next_versions(drafts: Sequence[Draft]) -> list[Certificate]:
    """Rows (unsaved) in place of the versions in force, which end, or again after ones that ended; each number once."""
    if not drafts:
        return []
    same = Certificate.objects.all().filter(
        subject_id__in=[draft.subject_id for draft in drafts], number__in=[draft.number for draft in drafts]
    )
    tops = {
        (kind, subject, number): top
        for kind, subject, number, top in same.values_list("kind", "subject_id", "number").annotate(Max("version"))
    }
    held = same.filter(status=Status.VALID).select_for_update(no_key=True)
    formers = {_named(each): each for each in held}
    made = _first_versions(drafts)
    for row, draft in zip(made, drafts, strict=True):
        row.supersedes = formers.get(_named(draft))
        row.version = tops[_named(draft)] + 1
        row.made_for = MadeFor.FIRST if row.supersedes is None else MadeFor.CHANGED
    _replace([(row.supersedes, draft) for row, draft in zip(made, drafts, strict=True) if row.supersedes is not None])
    return made


_REPLACED = """
-- versions of certificates that others take the place of, each on its day and by its change; asked by id alone:
-- compared so, the status leads to no index, of which the planner expects too little after many were issued at once
UPDATE documents_certificate c SET status = %s, ending = %s, ended_on = n.ended_on, ended_by = n.ended_by
FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS n (id, ended_on, ended_by)
WHERE c.id = n.id AND c.status IS NOT DISTINCT FROM %s
"""


def _replace(replaced: Sequence[tuple[Certificate, Draft]]) -> None:
    """End the versions for which these drafts are issued, in one statement. Raises AlreadyEnded."""
    columns: list[list[Any]] = [
        [c.pk for c, _ in replaced],
        [d.issued_on for _, d in replaced],
        [d.change_id for _, d in replaced],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_REPLACED, [Status.SUPERSEDED, Ending.REPLACED, *columns, Status.VALID])
        if cursor.rowcount != len(replaced):
            raise AlreadyEnded("、".join(certificate.number for certificate, _ in replaced[:10]))
    for certificate, draft in replaced:
        _ended(certificate, Status.SUPERSEDED, Ending.REPLACED, draft.issued_on, draft.change_id)


def reissue(
    certificate: Certificate, *, reason: MadeFor, on: date, change_id: int | None = None, photo: str | None = None
) -> Certificate:
    """补证、换证: the same number and contents as a new version with a new code; the version in hand no longer holds.

    `reason` is LOST, DAMAGED, FULL or LAYOUT; `photo` is the digest of a newer picture if one was handed in. A certificate
    that is FULL leaves its rows of changes behind. The new version waits in the list of certificates to be printed, where
    its print is counted on. Raises ValueError for another reason, AlreadyEnded when the certificate is not in force.
    """
    if reason not in REISSUES:
        raise ValueError(f"{reason} is no ground for a reissue")
    with transaction.atomic():
        _end(certificate, Status.SUPERSEDED, Ending.REPLACED, on, change_id)
        draft = _again(certificate, on, change_id)
        if reason == MadeFor.FULL:
            draft.fields.pop("changes", None)
        if photo is not None:
            draft.fields["photo"] = photo
        return _write(draft, certificate, reason)


def revoke(certificate: Certificate, *, ending: Ending, on: date, change_id: int | None = None) -> None:
    """End a certificate: 注销, 撤销, 吊销 or 失效 are different endings. Raises AlreadyEnded."""
    _end(certificate, Status.REVOKED, ending, on, change_id)


def reactivate(certificate: Certificate, *, on: date, change_id: int | None = None) -> Certificate:
    """Put what a certificate said in force again, as a new version with a new code; the old row stays as it ended.

    Raises AlreadyEnded when another version of the number is in force.
    """
    with transaction.atomic():
        if _in_force(certificate) is not None:
            raise AlreadyEnded(certificate.number)
        newest = versions_of(certificate).order_by("-version")[:1].get()
        return _write(_again(certificate, on, change_id), newest, MadeFor.RESTORED)


def versions_of(one: Draft | Certificate) -> QuerySet[Certificate]:
    """All versions of the certificate's number."""
    return Certificate.objects.all().filter(kind=one.kind, subject_id=one.subject_id, number=one.number)


def _in_force(one: Draft | Certificate) -> Certificate | None:
    return versions_of(one).select_for_update(no_key=True).filter(status=Status.VALID).first()


def _again(certificate: Certificate, on: date, change_id: int | None) -> Draft:
    """What the certificate says, to be said by a further version."""
    fields, _check_word = sealing.unseal(certificate)
    return Draft(certificate.kind, certificate.subject_id, certificate.authority_scope, fields, on, change_id)


def _write(draft: Draft, former: Certificate | None, made_for: MadeFor) -> Certificate:
    version = (versions_of(draft).aggregate(top=Max("version"))["top"] or 0) + 1
    certificate_kind(draft.kind).check(draft.fields)
    certificate = _row(draft, sealing.seal(draft.subject_id, draft.fields), version, former)
    certificate.made_for = made_for
    certificate.save(force_insert=True)
    return certificate


def _row(draft: Draft, made: sealing.Sealed, version: int, former: Certificate | None) -> Certificate:
    return Certificate(
        code=made.code,
        digest=made.digest,
        sealed=made.sealed,
        kind=draft.kind,
        number=draft.number,
        subject_id=draft.subject_id,
        authority_scope=draft.authority_scope,
        issuer=draft.fields["issuer"],
        issued_on=draft.issued_on,
        change_id=draft.change_id,
        version=version,
        supersedes=former,
    )


def _end(certificate: Certificate, status: Status, ending: Ending, on: date, change_id: int | None) -> None:
    ended = (
        Certificate.objects.all()
        .filter(pk=certificate.pk, status=Status.VALID)
        .update(status=status, ending=ending, ended_on=on, ended_by=change_id)
    )
    if ended != 1:
        raise AlreadyEnded(certificate.number)
    _ended(certificate, status, ending, on, change_id)


def _ended(certificate: Certificate, status: Status, ending: Ending, on: date, change_id: int | None) -> None:
    certificate.status, certificate.ending, certificate.ended_on = status, ending, on
    certificate.ended_by = change_id
