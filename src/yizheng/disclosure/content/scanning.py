"""What must not get out with an article: numbers of persons in text and files, and files that act by themselves."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

from yizheng.documents.attachments import MEDIA_TYPES, PAPERS, PDF, RefusedFile
from yizheng.documents.attachments.pictures import open_picture
from yizheng.documents.attachments.sniffing import sniff
from yizheng.people.canonical import holds_identifier

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = {".docx": DOCX, ".xlsx": XLSX}
MAX_BYTES = 20 * 1024 * 1024
_MOST_UNPACKED, _MOST_PARTS = 100 * 1024 * 1024, 2000
_CARRIERS = ("vbaproject", "activex", "embeddings/", "externallinks/", "oleobject", "customui", "macrosheets/")
"""Parts of an office file that run something, fetch something or hold another file."""
_LONG_NUMBER = re.compile(r"(?<!\d)\d{24,27}[Xx]?(?!\d)")
_BROKEN_NUMBER = re.compile(r"(?<=\d)[\s\-–·]{1,2}(?=\d)")
_TAG = re.compile(r"<[^>]*>")
_OUTWARD = re.compile(rb'TargetMode\s*=\s*"External"', re.IGNORECASE)
_LINK = re.compile(rb'relationships/hyperlink"', re.IGNORECASE)


def holds_person(text: str) -> bool:
    """Whether a text has an identity, qualification or mobile number, also one written in groups or in wide digits."""
    plain = unicodedata.normalize("NFKC", text)
    joined = _BROKEN_NUMBER.sub("", plain)
    return any(holds_identifier(each) or _LONG_NUMBER.search(each) is not None for each in (plain, joined))


def faults_of_text(title: str, body: str) -> list[str]:
    """The lines that name a person by number, in words for the editor."""
    faults = ["标题里有证件号码或者手机号码"] if holds_person(title) else []
    for number, line in enumerate(body.splitlines(), 1):
        if holds_person(line):
            faults.append(f"正文第 {number} 行有证件号码或者手机号码")
    return faults or (["正文跨行的数字连起来是证件号码或者手机号码"] if holds_person(body) else [])


def scanned(content: bytes, name: str) -> str:
    """The media type of a file that may be published.

    Raises RefusedFile: too large, of another kind, with macros or other files inside, or with a number of a person.
    What a picture shows is not read; the second person looks at it.
    """
    if not content or len(content) > MAX_BYTES:
        raise RefusedFile(f"“{name}”是空文件或者超过 {MAX_BYTES // 1024 // 1024} MB")
    suffix = PurePath(name).suffix.lower()
    if suffix in OFFICE:
        texts = list(_office_texts(content, name))
    else:
        if sniff(content, name, PAPERS) == PDF:
            texts = list(_pdf_texts(content, name))
        else:
            open_picture(content, name)
            texts = []
    if any(holds_person(each) for each in texts):
        raise RefusedFile(f"“{name}”里有证件号码或者手机号码；请删去后重新上传")
    return OFFICE.get(suffix) or sniff(content, name, PAPERS)


def kind_in_words(media_type: str) -> str:
    """What kind of file it is."""
    return {DOCX: "Word 文档", XLSX: "Excel 表格"}.get(media_type) or MEDIA_TYPES.get(media_type, "文件")


def _pdf_texts(content: bytes, name: str) -> Iterator[str]:
    from pypdf import PdfReader  # slow to load

    from yizheng.documents.attachments.pdfs import check_pdf_file

    check_pdf_file(content, name)
    for page in PdfReader(BytesIO(content), strict=False).pages:
        yield page.extract_text()


def _office_texts(content: bytes, name: str) -> Iterator[str]:
    """The words of a Word or Excel file: its parts with their tags taken out, once joined and once apart."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _MOST_UNPACKED:
                raise RefusedFile(f"“{name}”展开后过大")
            if "[Content_Types].xml" not in archive.namelist():
                raise RefusedFile(f"“{name}”的内容与扩展名不符")
            for part in parts:
                yield from _part_texts(part.filename.lower(), archive.read(part), name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise RefusedFile(f"“{name}”已损坏或者有密码保护；请重新导出") from None


def _part_texts(part: str, content: bytes, name: str) -> Iterator[str]:
    outward = part.endswith(".rels") and len(_OUTWARD.findall(content)) > len(_LINK.findall(content))
    if outward or part.endswith((".bin", ".exe", ".js", ".vbs")) or any(each in part for each in _CARRIERS):
        raise RefusedFile(f"“{name}”含有宏、控件、外部链接或内嵌文件；请另存为不含宏的文件后上传")
    if part.endswith(".xml"):
        text = content.decode("utf-8", "replace")
        yield _TAG.sub("", text)
        yield _TAG.sub(" | ", text)
