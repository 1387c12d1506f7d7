"""文书: a notice or decision issued in a case, kept as the fields it prints; the page is set when first opened."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizheng.documents.models.issued import IssuedDocument
from yizheng.people.rights.visibility import ScopedQuerySet


class InstrumentQuerySet(ScopedQuerySet["Instrument"]):
    """An instrument is its addressee's, the authority's and of the institution it is copied to."""

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope", "institution_scope")
    opened_by_access: ClassVar[bool] = False


class Instrument(IssuedDocument):
    """One instrument (行政许可法第三十二条第二款、第三十八条)."""

    case_ref = models.CharField("办件", max_length=60, db_index=True)
    institution_scope = models.IntegerField("抄送机构", null=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        constraints = [models.UniqueConstraint(fields=["number"], name="documents_instrument_number")]
