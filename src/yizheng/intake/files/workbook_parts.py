"""What a workbook (xlsx) says of itself before any sheet is read: its sheets, where they lie, on what day counting begins.

Parts are found by the relations between them, as other programs do, and not by the names that one program gives them;
upper and lower case in the names of parts are the same (ISO/IEC 29500-2).
"""

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from yizheng.intake.files.refusing import UnreadableFile, damaged
from yizheng.intake.files.xml_events import XmlEvents, is_on, local
from yizheng.kernel.archives import Archive, ArchiveFault, BadArchive, open_archive

_HIDDEN = ("hidden", "veryhidden")
_USUAL_PLACES = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedstrings.xml"}
"""Where these parts lie when no relation says so; other programs look there as well."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, and the part of the package it lies in."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """The parts of a workbook."""

    sheets: tuple[SheetPart, ...]
    hidden: tuple[str, ...]
    """Names of sheets that are not shown."""
    counts_from_1904: bool
    styles: str
    shared_texts: str
    """The parts of styles and of shared texts; empty where there are none."""


@contextmanager
def opened_package(path: Path, name: str) -> Iterator[Archive]:
    """The package of a workbook; whatever is wrong with it, now or while it is read, becomes an UnreadableFile."""
    try:
        with open_archive(path) as archive:
            yield archive
    except BadArchive as bad:
        if bad.fault is ArchiveFault.BOMB:
            raise UnreadableFile("archive_bomb", f"“{name}”解开后大得不合常理，未予接收；请重新导出后上传") from bad
        if bad.fault is ArchiveFault.ENCRYPTED:
            raise UnreadableFile("encrypted", f"“{name}”设有密码，请取消密码后上传") from bad
        raise damaged(name) from bad


def parts_of(archive: Archive) -> WorkbookParts:
    """The sheets and what they are read with. Raises BadArchive."""
    names = _by_lower_case(archive)
    root = _relations(archive, names, "")
    book = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    book = _member(names, book)
    relations = _relations(archive, names, book)
    shown, hidden, from_1904 = _sheets(archive, book)
    sheets = tuple(
        SheetPart(name, _member(names, target))
        for name, key in shown
        for kind, target in [relations.get(key, ("", ""))]
        if kind == "worksheet"
    )
    told = {kind: target for kind, target in relations.values() if kind in _USUAL_PLACES}
    styles, texts = (
        _member(names, told[kind]) if kind in told else names.get(place, "") for kind, place in _USUAL_PLACES.items()
    )
    return WorkbookParts(sheets, hidden, from_1904, styles, texts)


def is_workbook(archive: Archive) -> bool | None:
    """Whether a package is a workbook, None when it is another document of an office program. Plain archives are False."""
    names = _by_lower_case(archive)
    if "[content_types].xml" not in names:
        return False
    return True if any(one.startswith("xl/") for one in names) else None


def _by_lower_case(archive: Archive) -> Mapping[str, str]:
    names = {one.lower().removeprefix("/"): one for one in archive.members}
    if len(names) != len(archive.members):
        raise BadArchive(ArchiveFault.DAMAGED)
    return names


def _member(names: Mapping[str, str], part: str) -> str:
    try:
        return names[part.lower()]
    except KeyError:
        raise BadArchive(ArchiveFault.MISSING) from None


def _relations(archive: Archive, names: Mapping[str, str], part: str) -> dict[str, tuple[str, str]]:
    """By identifier the kind and the target of each relation of a part, or of the package itself."""
    folder, _, file = part.rpartition("/")
    listed = names.get(posixpath.join(folder, "_rels", f"{file}.rels").lower())
    found: dict[str, tuple[str, str]] = {}

    def started(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and local(attributes, "TargetMode") != "External":
            target = unquote(local(attributes, "Target").replace("\\", "/"))
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[local(attributes, "Id")] = (local(attributes, "Type").rpartition("/")[2], whole)

    if listed is not None:
        with archive.open(listed) as stream:
            XmlEvents(started).feed_all(stream)
    return found


def _sheets(archive: Archive, book: str) -> tuple[list[tuple[str, str]], tuple[str, ...], bool]:
    """Shown sheets with the identifiers of their relations, the names of hidden ones, and the day counting begins with."""
    shown: list[tuple[str, str]] = []
    hidden: list[str] = []
    flags: set[str] = set()

    def started(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            title, key = local(attributes, "name"), local(attributes, "id")
            if attributes.get("state", "").lower() in _HIDDEN:
                hidden.append(title)
            else:
                shown.append((title, key))
        elif name == "workbookPr" and is_on(attributes, "date1904"):
            flags.add("date1904")

    with archive.open(book) as stream:
        XmlEvents(started).feed_all(stream)
    return shown, tuple(hidden), bool(flags)
