"""Pages: Chinese type embedded, no glyph lost, no two pages of the same data different."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from yizheng.documents.declarations import PAGES
from yizheng.documents.paper import pdf, qr
from yizheng.documents.typesetting import TypesettingError, compile_page, typefaces
from yizheng.documents.typesetting.fonts import covered

ISSUED = date(2026, 5, 22)
RARE = "𠮷"
NOTICE: dict[str, Any] = {
    "title": "告知书",
    "issuer": "北京市海淀区卫生健康委员会",
    "number": "海卫医告〔2026〕000001号",
    "code": "7K2M4-Q9TXR-AB3CD-EF5GH-6JKMN7",
    "check_word": "M4QX-7TPA-2KDN-9CXY",
    "specimen": False,
    "addressee": "林知遥",
    "you": "你",
    "copies": [],
    "issued_on": "2026-05-22",
    "paragraphs": ["特此告知。"],
    "review_body": None,
    "review_channel": None,
    "court": "人民法院",
}


def notice(**changed: Any) -> bytes:
    picture = {"qr.svg": qr.picture("https://example.test/verify/x")}
    return pdf.render(PAGES / "notice.typ", {**NOTICE, **changed}, dated=ISSUED, pictures=picture)


def text_of(page: bytes) -> str:
    read = PdfReader(BytesIO(page))
    return "".join(sheet.extract_text() for sheet in read.pages).replace("\n", "")


def fonts_of(page: bytes) -> dict[str, DictionaryObject]:
    """Base font names of the whole document with their descriptors."""
    found: dict[str, DictionaryObject] = {}
    for sheet in PdfReader(BytesIO(page)).pages:
        for font in sheet["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
    return found


def test_what_is_set_can_be_read_back_as_text() -> None:
    assert "特此告知。" in text_of(notice())
    assert "海卫医告〔2026〕000001号" in text_of(notice())


def test_every_font_is_song_or_sans_embedded_and_subset() -> None:
    fonts = fonts_of(notice())
    assert any("NotoSerifSC" in name for name in fonts)
    for name, descriptor in fonts.items():
        assert name.split("+")[-1].startswith(("NotoSerifSC", "NotoSansSC"))
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_page_declares_pdf_a_2b() -> None:
    metadata = PdfReader(BytesIO(notice())).xmp_metadata
    assert metadata is not None
    assert metadata.pdfaid_part == "2"
    assert metadata.pdfaid_conformance == "B"


def test_equal_data_gives_equal_bytes() -> None:
    assert notice() == notice()
    assert notice(addressee="沈一诺") != notice()


def test_a_character_no_font_has_is_printed_as_its_code_point() -> None:
    assert "沈（U+20BB7）安：" in text_of(notice(addressee=f"沈{RARE}安"))


def test_rare_characters_the_fonts_do_have_are_printed_as_they_are() -> None:
    assert "㐂䶮龢" in text_of(notice(addressee="㐂䶮龢"))


def test_a_missing_glyph_can_never_be_dropped_silently() -> None:
    source = f'#set text(font: "Noto Serif SC")\n{RARE}'.encode()
    with pytest.raises(TypesettingError, match="could not be displayed"):
        compile_page({"main": source}, {}, faces=typefaces(), stamped=pdf.midnight(ISSUED))


def test_what_the_fonts_cover_is_what_the_typesetter_can_print() -> None:
    song = covered(pylopdf_fonts_zh_cn.serif_path())
    assert {ord("一"), ord("A"), ord("〔"), 0x3402} <= song
    assert ord(RARE) not in song
    assert len(song) > 20_000


def test_an_operator_can_add_a_font_folder(tmp_path: Path) -> None:
    (tmp_path / "more.otf").symlink_to(pylopdf_fonts_zh_cn.sans_path())
    faces = typefaces(tmp_path)
    assert tmp_path in faces.folders
    assert typefaces(tmp_path / "absent").folders == typefaces().folders


@pytest.mark.parametrize("text", ['#import "x"', "*粗* _斜_ $x^2$ <标> @引", "= 标题", "\\ / [ ] { }", "“引”‘号’…——"])
def test_text_is_printed_and_never_read_as_markup(text: str) -> None:
    assert text.replace(" ", "") in text_of(notice(paragraphs=[text])).replace(" ", "")


def test_a_long_notice_numbers_its_pages_and_repeats_the_code() -> None:
    page = notice(paragraphs=["这是一段很长的话，说明办理经过与理由。" * 12] * 12)
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page)).pages]
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, start=1):
        assert f"第 {number} 页，共 {len(sheets)} 页" in sheet
        assert NOTICE["code"] in sheet


def test_a_specimen_says_so() -> None:
    assert "样张" in text_of(notice(specimen=True))
    assert "样张" not in text_of(notice())


def test_remedies_name_the_review_body_the_periods_and_the_court() -> None:
    text = text_of(notice(review_body="北京市海淀区人民政府", review_channel="https://example.test/fuyi"))
    assert "自收到本决定之日起六十日内向北京市海淀区人民政府申请行政复议" in text
    assert "提交申请书的互联网渠道：https://example.test/fuyi" in text
    assert "六个月内依法向人民法院提起行政诉讼" in text
