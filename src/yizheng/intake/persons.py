"""The person of a row: her document is of a known kind, her number is right, and agrees with her birth and sex.

Numbers are screened a block at a time; what the screen stops is read once more by the kernel's own check, whose words
are given back (GB 11643). The screen is never milder than the check: a test holds them together.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from yizheng.intake.columns import looked_up
from yizheng.intake.formats import Format, Severity
from yizheng.kernel import codes
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers import canonical_resident_id, check_hmt_permit, check_passport, check_resident_id
from yizheng.kernel.identifiers.areas import area_known, resident_provinces
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind, canonical

KIND = "id_kind"
BLIND = "id_blind"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A finding about the persons of rows, by the places of the rows in their block."""

    places: list[int]
    code: str
    column: str
    message: str
    severity: Severity = Severity.ERROR


def known_by(declared: Format, block: pl.DataFrame) -> tuple[pl.DataFrame, list[Wrong]]:
    """The block with the kind and the blind index of each person's number, and what is wrong with the persons."""
    holder = declared.holder
    if not holder.of_people:
        return _known_by_public_number(declared, block), []
    kinds = _kinds(block[holder.document])
    numbers = _eighteen(block[holder.number], kinds)
    wrong = list(_wrong_documents(declared, block, kinds))
    wrong += _wrong_numbers(declared, block, kinds, numbers)
    wrong += _disagreements(declared, block, kinds, numbers)
    stopped = sorted({at for one in wrong if one.severity is Severity.ERROR for at in one.places})
    unusable = pl.repeat(False, block.height, eager=True).scatter(stopped, True)
    numbers, blinds = _blinded(kinds, numbers, unusable)
    return block.with_columns(kinds.alias(KIND), numbers.alias(holder.number), blinds.alias(BLIND)), wrong


def _known_by_public_number(declared: Format, block: pl.DataFrame) -> pl.DataFrame:
    """Whoever is no person is told apart by a number that anybody may know; its digest serves where an index would."""
    holder = declared.holder
    numbers = block[holder.number].str.to_uppercase().str.replace_all(r"[\s\-－—]", "")
    block = block.with_columns(numbers.alias(holder.number))
    digests = [
        hashlib.sha256(number.encode()).hexdigest() if number else None for number in block[holder.number].to_list()
    ]
    told = pl.Series(BLIND, [None if each is None else f"\\x{each}" for each in digests], dtype=pl.String)
    return block.with_columns(pl.lit(holder.kind).alias(KIND), told)


@cache
def _kind_of_document() -> dict[str, str]:
    table = codes.table("id_document_type")
    return {code.code: code.attributes["number_kind"] for code in table.items() if code.attributes["number_kind"]}


def _kinds(documents: pl.Series) -> pl.Series:
    known = _kind_of_document()
    return looked_up(documents, known, pl.String).fill_null("")


def _eighteen(numbers: pl.Series, kinds: pl.Series) -> pl.Series:
    """Numbers of fifteen digits of the first generation in their form of eighteen."""
    old = (kinds == "resident_id") & (numbers.str.len_bytes() == 15)
    if not old.any():
        return numbers
    known = {text: canonical_resident_id(text) for text in numbers.filter(old).to_list()}
    return numbers.replace(list(known), list(known.values()))


def _wrong_documents(declared: Format, block: pl.DataFrame, kinds: pl.Series) -> Iterator[Wrong]:
    column = declared.holder.document
    places = ((kinds == "") & block[column].is_not_null()).arg_true().to_list()
    words = "这种证件的号码不能核对身份，请由经办人员逐人办理"
    yield Wrong(places, "document_not_matched", column, words, Severity.QUARANTINE)


def _wrong_numbers(declared: Format, block: pl.DataFrame, kinds: pl.Series, numbers: pl.Series) -> Iterator[Wrong]:
    today = beijing_today()
    column = declared.holder.number
    resident = kinds == "resident_id"
    for at, number in _where(resident & ~_plainly_right(numbers, today) & (numbers != ""), numbers):
        problems = check_resident_id(number, today).problems
        if problems:
            yield Wrong([at], _code_of(number, problems), column, _words(number, problems))
    for kind, check in (("hmt_permit", check_hmt_permit), ("passport", check_passport)):
        for at, number in _where((kinds == kind) & (numbers != ""), numbers):
            problems = check(number).problems
            if problems:
                yield Wrong([at], "id_number", column, problems[0])


def _where(these: pl.Series, numbers: pl.Series) -> Iterator[tuple[int, str]]:
    places = these.arg_true()
    return zip(places.to_list(), numbers.gather(places).to_list(), strict=True)


def _code_of(number: str, problems: tuple[str, ...]) -> str:
    if len(number) != 18 or not (number[:17].isdigit()):
        return "id_number"
    return "id_checksum" if len(problems) == 1 and "校验码" in problems[0] else "id_number"


def _words(number: str, problems: tuple[str, ...]) -> str:
    if "E+" in number or (len(number) == 18 and number.endswith("000") and "校验码" in problems[-1]):
        return "身份证号码被表格软件当作数值保存，末几位已丢失，请把该列设为文本后重新填写"
    return "；".join(problems)


def _plainly_right(numbers: pl.Series, today: date) -> pl.Series:
    """Right shape, area, birth and check character, by columns; false where the kernel must look."""
    shape = numbers.str.contains(r"^[0-9]{17}[0-9X]$")
    digits = pl.DataFrame({"n": pl.select(pl.when(shape).then(numbers).otherwise(pl.lit("0" * 18))).to_series()})
    total = pl.sum_horizontal(
        [(pl.col("n").str.slice(at, 1).cast(pl.Int32)) * weight for at, weight in enumerate(_WEIGHTS)]
    )
    checks = pl.DataFrame(
        {"rest": list(range(11)), "wanted": list(_CHECKS)}, schema={"rest": pl.Int32, "wanted": pl.String}
    )
    read = digits.select(
        (total % 11).cast(pl.Int32).replace_strict(checks["rest"], checks["wanted"]).alias("wanted"),
        pl.col("n").str.slice(17, 1).alias("check"),
        pl.col("n").str.slice(0, 6).alias("area"),
        pl.col("n").str.slice(6, 8).str.to_date("%Y%m%d", strict=False).alias("birth"),
    )
    areas = read["area"].unique().to_list()
    good = [area for area in areas if area[:2] in resident_provinces() and area_known(area)]
    born = read["birth"]
    fits = (born <= today) & (born >= date(1850, 1, 1))
    return shape & (read["wanted"] == read["check"]) & read["area"].is_in(good) & fits.fill_null(value=False)


def _disagreements(declared: Format, block: pl.DataFrame, kinds: pl.Series, numbers: pl.Series) -> Iterator[Wrong]:
    """The number says when she was born and which sex she has; the row must say the same."""
    whole = (kinds == "resident_id") & (numbers.str.len_bytes() == 18)
    if "birth_date" in block.columns:
        said = numbers.str.slice(6, 8)
        birth = block["birth_date"].dt.strftime("%Y%m%d")
        differs = (whole & (birth != said)).fill_null(value=False).arg_true().to_list()
        yield Wrong(differs, "birth_differs", "birth_date", "出生日期与身份证号码第7—14位不一致")
    if "gender" in block.columns:
        odd = numbers.str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
        male = block["gender"] == "1"
        told = block["gender"].is_in(["1", "2"])
        differs = (whole & told & (odd != male)).fill_null(value=False).arg_true().to_list()
        yield Wrong(differs, "sex_differs", "gender", "性别与身份证号码第17位不一致（单数为男）")


def _blinded(kinds: pl.Series, numbers: pl.Series, unusable: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The numbers in their canonical form, and the index by which the vault finds each, as PostgreSQL writes bytes.

    The index is null where there is none to find.
    """
    usable = (kinds != "") & (numbers != "") & ~unusable
    blinds = pl.repeat(None, len(numbers), dtype=pl.String, eager=True)
    for kind in kinds.filter(usable).unique().to_list():
        places = (usable & (kinds == kind)).arg_true()
        texts = numbers.gather(places).to_list()
        if kind != IdentifierKind.RESIDENT_ID:
            texts = [canonical(kind, text) for text in texts]
            numbers = numbers.scatter(places, texts)
        found = pl.Series(vault.blind_indexes(kind, texts), dtype=pl.Binary).bin.encode("hex")
        blinds = blinds.scatter(places, "\\x" + found)
    return numbers, blinds
