"""The layout file of a certificate: every part refers to one that is there, nothing lies beyond the page, the data is what is told."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from yizheng.documents.paper.ofd import HEIGHT, NAMESPACE, WIDTH, Item, Line, Square, Words, package, wrapped
from yizheng.kernel.qr_codes import drawn

SPACE = {"ofd": NAMESPACE}
PAGES: list[list[Item]] = [
    [
        Words(25, 30, 9, "护士执业证书 A1", font=1),
        Line(25, 50, 160),
        Square(25, 240, 30, drawn("https://yizheng.example/verify/x")),
    ],
    [Words(25, 30, 4.2, "𠮷")],
]


def parts(content: bytes) -> dict[str, ET.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}


def made() -> bytes:
    return package("护士执业证书", PAGES, {"ZZBS": "1.2.156", "KZ_x": "<&"}, author="样例机关", made=date(2026, 1, 5))


def test_every_part_refers_to_one_that_is_there_and_numbers_are_given_once() -> None:
    files = parts(made())
    root = files["OFD.xml"].findtext(".//ofd:DocRoot", namespaces=SPACE) or ""
    document = files[root]
    pages = [f"Doc_0/{each.attrib['BaseLoc']}" for each in document.iterfind(".//ofd:Page", SPACE)]
    assert len(pages) == 2
    assert {*pages, "OFD.xml", root, "Doc_0/" + (document.findtext(".//ofd:PublicRes", namespaces=SPACE) or "")} == set(
        files
    )
    ids = [int(each.attrib["ID"]) for file in files.values() for each in file.iter() if "ID" in each.attrib]
    assert len(ids) == len(set(ids))
    assert max(ids) <= int(document.findtext(".//ofd:MaxUnitID", namespaces=SPACE) or 0)
    fonts = {each.attrib["ID"] for each in files["Doc_0/PublicRes.xml"].iterfind(".//ofd:Font", SPACE)}
    used = {each.attrib["Font"] for page in pages for each in files[page].iterfind(".//ofd:TextObject", SPACE)}
    assert used <= fonts


def test_nothing_lies_beyond_the_page_and_every_sign_has_its_place() -> None:
    files = parts(made())
    for name, page in files.items():
        for each in page.iter():
            if "Boundary" in each.attrib:
                x, y, width, height = map(float, each.attrib["Boundary"].split())
                assert (x >= 0, y >= 0, x + width <= WIDTH, y + height <= HEIGHT) == (True,) * 4, name
        for code in page.iterfind(".//ofd:TextCode", SPACE):
            steps = code.attrib.get("DeltaX", "").split()
            assert len(steps) == len(code.text or "") - 1
    title = files["Doc_0/Pages/Page_0/Content.xml"].find(".//ofd:TextCode", SPACE)
    assert title is not None
    assert title.attrib["DeltaX"].split() == ["9"] * 6 + ["4.5", "4.5"]


def test_the_data_is_kept_as_it_is_and_two_writings_are_the_same_bytes() -> None:
    found = parts(made())["OFD.xml"].iterfind(".//ofd:CustomData", SPACE)
    assert {each.attrib["Name"]: each.text for each in found} == {"ZZBS": "1.2.156", "KZ_x": "<&"}
    assert made() == made()


def test_the_code_is_drawn_as_the_modules_it_has() -> None:
    page = parts(made())["Doc_0/Pages/Page_0/Content.xml"]
    path = page.findall(".//ofd:AbbreviatedData", SPACE)[1].text or ""
    code = drawn("https://yizheng.example/verify/x")
    assert path.startswith(f"M 0.000 0.000 L {7 * 30 / code.side:.3f} 0.000"), (
        "the first finder pattern is seven modules wide"
    )
    assert path.count("C") == code.path.count("h")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("医院", ["医院"]),
        ("一二三四", ["一二三", "四"]),
        ("ab一c二", ["ab一c", "二"]),
        ("一\n二", ["一", "二"]),
    ],
)
def test_lines_are_no_wider_than_their_column(text: str, lines: list[str]) -> None:
    assert wrapped(text, 4, 12) == lines


def test_signs_no_xml_can_hold_are_left_out() -> None:
    content = package(
        "证\x01书",
        [[Words(25, 30, 9, "张\x0b\ufffe三\ud800")]],
        {"KZ_x": "a\x00b"},
        author="机关",
        made=date(2026, 1, 5),
    )
    files = parts(content)
    (text,) = files["Doc_0/Pages/Page_0/Content.xml"].iterfind(".//ofd:TextCode", SPACE)
    assert (text.text, text.attrib["DeltaX"]) == ("张三", "9")
    assert files["OFD.xml"].findtext(".//ofd:CustomData", namespaces=SPACE) == "ab"
