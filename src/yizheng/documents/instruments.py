"""Instruments: issued as fields inside the act they belong to; the signed page is made when somebody opens it.

行政许可法第三十二条第二款: acceptance and non-acceptance are written and dated; 第三十八条: so are grant and refusal,
a refusal with its reasons and the ways to review and to court.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.documents import numbers, sealing
from yizheng.documents.declarations import instrument_kind
from yizheng.documents.models import Instrument
from yizheng.registry.writer.rows import insert_many


@dataclass(frozen=True)
class Draft:
    """An instrument to be issued under the next number of `mark`.

    `fields` are those the kind declares; dates may be dates. `institution_scope` is whom it is copied to.
    """

    kind: str
    subject_id: int
    authority_scope: int
    issuer: str
    mark: str
    case_ref: str
    issued_on: date
    fields: Mapping[str, Any]
    institution_scope: int | None = None
    change_id: int | None = None


def issue_many(drafts: Sequence[Draft]) -> list[Instrument]:
    """Issue instruments of declared kinds, in the order given, inside the caller's transaction.

    Raises UndeclaredKind, UnfitFields.
    """
    kinds = [instrument_kind(draft.kind) for draft in drafts]
    complete = [kind.complete(draft.fields) for kind, draft in zip(kinds, drafts, strict=True)]
    given = numbers.instrument_numbers(
        [
            (draft.mark, kind.word, draft.issued_on.year, numbers.Wanted("", draft.case_ref, draft.change_id))
            for kind, draft in zip(kinds, drafts, strict=True)
        ]
    )
    printed = [
        {**fields, "title": kind.title.format(item=fields.get("item", "")), "number": number,
         "issuer": draft.issuer, "issued_on": draft.issued_on}
        for kind, draft, fields, number in zip(kinds, drafts, complete, given, strict=True)
    ]  # fmt: skip
    made = sealing.seal_many([(draft.subject_id, fields) for draft, fields in zip(drafts, printed, strict=True)])
    return insert_many(
        [
            Instrument(
                code=sealed.code, digest=sealed.digest, sealed=sealed.sealed, kind=draft.kind, number=number,
                subject_id=draft.subject_id, authority_scope=draft.authority_scope,
                institution_scope=draft.institution_scope, issuer=draft.issuer, issued_on=draft.issued_on,
                case_ref=draft.case_ref, change_id=draft.change_id,
            )
            for draft, sealed, number in zip(drafts, made, given, strict=True)
        ]
    )  # fmt: skip
