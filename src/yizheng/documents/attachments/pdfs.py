"""PDFs handed in: opened once to make sure that they can be read by a clerk and do nothing by themselves."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from yizheng.documents.attachments.sniffing import RefusedFile

MAX_PAGES = 200
MAX_OBJECTS = 50_000
_DOING = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/GoToR", "/URI", "/Thread"}
)
"""Actions that run something or lead out of the file; leading to another page of it is none."""
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA", "/AF"})


def check_pdf_file(content: bytes, name: str) -> None:
    """Refuse a PDF that is damaged, encrypted, too long, or holds scripts, actions that reach out, or other files.

    Raises RefusedFile.
    """
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise RefusedFile(f"“{name}”有密码保护；请取消密码后重新上传")
        pages = len(reader.pages)
        active = any(_acts(item) for item in _objects(reader))
    except RefusedFile:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, IndexError):
        raise RefusedFile(f"“{name}”已损坏，无法打开；请重新导出 PDF 后上传") from None
    if pages == 0 or pages > MAX_PAGES:
        raise RefusedFile(f"“{name}”有 {pages} 页；请上传 1 至 {MAX_PAGES} 页的文件")
    if active:
        raise RefusedFile(f"“{name}”含有脚本、自动动作、外部链接或内嵌文件；请打印成普通 PDF 后重新上传")


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, nested ones included."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MAX_OBJECTS:
        raise ValueError("too many objects")
    yield from _dictionaries(reader.trailer)
    for number in sorted(numbers):
        yield from _dictionaries(reader.get_object(IndirectObject(number, 0, reader)))


def _dictionaries(value: Any) -> Iterator[DictionaryObject]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def _acts(item: DictionaryObject) -> bool:
    kind = item.raw_get("/S") if "/S" in item else None
    return str(kind) in _DOING or not _ACTIVE_KEYS.isdisjoint(item.keys())
