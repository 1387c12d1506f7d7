"""证书编码与登记不同: a row that meets a known qualification under another certificate number is for a person.

The number is corrected person by person, on a certificate that names the old and the new one (卫办医政发〔2010〕1号), so a file
never changes it. Numbers are compared by their blind index; what differs is shown without the identity number in it.
"""

from collections.abc import Iterator

import polars as pl

from yizheng.intake import staging
from yizheng.intake.columns import Column, Kind
from yizheng.intake.files.tables import ROW
from yizheng.intake.formats import Format, Severity
from yizheng.intake.models import Batch
from yizheng.intake.rowing import RowFinding
from yizheng.kernel.identifiers.certificates import same_qualification
from yizheng.kernel.masking import mask_qualification_number
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind

_KIND = IdentifierKind.QUALIFICATION_NUMBER
_SCHEMA = {ROW: pl.Int64, "holder": pl.Int64, "beginning": pl.String}


def certificates_that_differ(batch: Batch, declared: Format) -> Iterator[RowFinding]:
    """Rows whose certificate number the register neither holds nor held before, beside the one of that level and category."""
    column = _column(declared)
    if column is None:
        return
    met = _rows_that_meet(batch, declared)
    if met.is_empty():
        return
    for portion in staging.numbers(batch):
        said = portion.join(met, on=ROW).with_columns(number=pl.col("beginning") + pl.col(staging.NUMBER))
        for row, given, known in _differing(said):
            words = f"“{column.heading}”与登记不同，编码凭证明逐人更正，不随文件改"
            yield RowFinding(row, "certificate_differs", Severity.QUARANTINE, column.name, words, given, known)


def _column(declared: Format) -> Column | None:
    """The column of the certificate number; a format that composes the number has none."""
    own = declared.holder.number
    numbers = (one for one in declared.columns if one.kind is Kind.IDENTIFIER and one.name != own)
    return next(numbers, None) if declared.certificate else None


def _rows_that_meet(batch: Batch, declared: Format) -> pl.DataFrame:
    relation = f"""
        select m."row", m.subject_id, s.{declared.certificate} from {batch.verdicts} m
        join {batch.staging} s on s."row" = m."row"
        where m.known is not null and s.{declared.certificate} is not null
    """  # noqa: S608 names of the program
    return staging.frame(relation, _SCHEMA)


def _differing(said: pl.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Row, what the file says and what the register holds, both masked; numbers that nobody holds alone are read."""
    numbers = said["number"].to_list()
    known = vault.find_many(_KIND, numbers)
    others = said.filter(~pl.col("number").is_in(list(known)))
    held = vault.all_masked_many(others["holder"].to_list(), _KIND)
    for row, holder, number in others.select(ROW, "holder", "number").iter_rows():
        for other in held.get(holder, ()):
            if same_qualification(number, other):
                yield row, mask_qualification_number(number), other
                break
