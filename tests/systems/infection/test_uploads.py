"""A package from a hospital's own system: receipts by line, codes that wait for their counterpart, the same again without effect."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import sign_in
from tests.systems.infection.conftest import PERIOD, Ward, case, log
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.people.scope import acting_as
from yizheng.systems.infection.models import Package
from yizheng.systems.infection.records.declaring import Row, month_before
from yizheng.systems.infection.records.kinds import ICU_LOG
from yizheng.systems.infection.uploads.files import BadPackage, rows_of
from yizheng.systems.infection.uploads.package import read
from yizheng.systems.infection.uploads.receiving import receive

pytestmark = pytest.mark.django_db
FIRST, SECOND = "0b7c1c1e-0000-4000-8000-000000000001", "0b7c1c1e-0000-4000-8000-000000000002"


def packed(files: dict[tuple[str, str], list[Row]], identifier: str = FIRST, sequence: int = 1, **more: Any) -> bytes:
    """A package as a hospital's system writes it."""
    manifest: dict[str, Any] = {
        "package": identifier,
        "sequence": sequence,
        "period": f"{PERIOD:%Y-%m}",
        "files": [],
        **more,
    }
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w") as archive:
        for (record, unit), rows in files.items():
            text = io.StringIO()
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            content = text.getvalue().encode()
            said = {"name": f"{record}.csv", "record": record, "unit": unit, "rows": len(rows)}
            manifest["files"].append({**said, "sha256": hashlib.sha256(content).hexdigest()})
            archive.writestr(f"{record}.csv", content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return packed_up.getvalue()


def told(package: Package, state: str) -> list[tuple[str, int | None]]:
    return [(each["file"], each["line"]) for each in package.receipt if each["state"] == state]


def test_a_package_fills_the_drafts_and_names_each_line_that_needs_a_hand(ward: Ward):
    rows = log()
    rows[2] |= {"cvc": 20}
    with acting_as(ward.nurse):
        package = receive(
            ward.hospital, ward.nurse, packed({("icu_log", "ICU1"): rows, ("month", "ICU9"): [{"start": 8}]})
        )
    assert told(package, "须改") == [("icu_log.csv", 4)]
    assert told(package, "没有接收") == [("month.csv", None)]
    assert ward.sheet("icu_log").rows == rows


def test_the_same_package_again_is_no_effect_and_another_content_is_refused(ward: Ward):
    data = packed({("icu_log", "ICU1"): log()})
    with acting_as(ward.nurse):
        first = receive(ward.hospital, ward.nurse, data)
        revision = ward.sheet("icu_log").revision
        assert receive(ward.hospital, ward.nurse, data).pk == first.pk
        assert ward.sheet("icu_log").revision == revision
        with pytest.raises(BadPackage, match="DQ32"):
            receive(ward.hospital, ward.nurse, packed({("icu_log", "ICU1"): log(present=9)}))
        with pytest.raises(BadPackage, match="序号 1"):
            receive(ward.hospital, ward.nurse, packed({("icu_log", "ICU1"): log()}, SECOND))
        gap = receive(ward.hospital, ward.nurse, packed({("icu_log", "ICU1"): log()}, SECOND, 3))
    assert "不连续" in gap.receipt[0]["words"]


def test_a_code_without_counterpart_holds_its_row_until_it_is_mapped(ward: Ward, client):
    rows = [case(1), case(2, pathogen="LIS-77")]
    sign_in(client, ward.nurse)

    def upload(data: bytes) -> Any:
        return client.post("/infection/packages/upload/", {"package": SimpleUploadedFile("p.zip", data)})

    data = packed({("case", ""): rows})
    answer = upload(data)
    assert answer.status_code == 302
    assert "已接收过" in client.get(upload(data)["Location"]).content.decode()
    assert "LIS-77" in client.get(answer["Location"]).content.decode()
    assert len(ward.sheet("case").rows) == 1
    mapping = {"list": "pathogen", "theirs": "LIS-77", "ours": "BAC-GN-020"}
    assert client.post(f"{answer['Location']}map/", mapping).status_code == 302
    upload(packed({("case", ""): rows}, SECOND, 2))
    assert [row["pathogen"] for row in ward.sheet("case").rows] == ["BAC-GN-021", "BAC-GN-020"]


def test_a_sheet_that_was_handed_up_is_not_overwritten(ward: Ward):
    ward.act(ward.typed("icu_log", log()), "submit")
    with acting_as(ward.nurse):
        package = receive(ward.hospital, ward.nurse, packed({("icu_log", "ICU1"): log(present=9)}))
    assert told(package, "没有接收") == [("icu_log.csv", None)]
    assert ward.sheet("icu_log").rows == log()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no zip", "不是数据包"),
        (packed({("icu_log", "ICU1"): log()}, "x"), "UUID"),
        (packed({("icu_log", "ICU1"): log()}, period="2026-13"), "2026-13"),
        (packed({("icu_log", "ICU1"): [{"strange": 1}]}), "strange"),
        (packed({("unknown", "ICU1"): log()}), "unknown"),
    ],
    ids=["no zip", "no number", "no month", "no column", "no record"],
)
def test_what_is_wrong_with_a_package_is_said(data: bytes, words: str):
    with pytest.raises(BadPackage, match=words):
        read(data)


def test_a_file_is_held_to_its_hash_and_its_number_of_rows():
    good = packed({("icu_log", "ICU1"): log()})
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        manifest, content = json.loads(archive.read("manifest.json")), archive.read("icu_log.csv")
    for change, words in (({"rows": 1}, "清单写 1 行"), ({"sha256": "0" * 64}, "SHA-256")):
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w") as archive:
            archive.writestr("manifest.json", json.dumps({**manifest, "files": [{**manifest["files"][0], **change}]}))
            archive.writestr("icu_log.csv", content)
        with pytest.raises(BadPackage, match=words):
            read(again.getvalue())


def xml(rows: list[Row]) -> bytes:
    lines = ("".join(f"<{name}>{value}</{name}>" for name, value in row.items()) for row in rows)
    return f"<rows>{''.join(f'<row>{line}</row>' for line in lines)}</rows>".encode()


def workbook(rows: list[Row]) -> bytes:
    stream = io.BytesIO()
    heading = [ICU_LOG.field(name).label for name in rows[0]]
    write(stream, Sheet("日志", heading, [list(row.values()) for row in rows]))
    return stream.getvalue()


@pytest.mark.parametrize(("name", "made", "first"), [("a.xml", xml, 1), ("a.xlsx", workbook, 2)], ids=["xml", "xlsx"])
def test_workbooks_and_xml_say_the_same_as_csv(name: str, made: Any, first: int):
    found = list(rows_of(ICU_LOG, name, made(log())))
    assert [row for _, row in found] == log()
    assert found[0][0] == first


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xml", b"<!DOCTYPE x [<!ENTITY e 'x'>]><rows/>", "XML"),
        ("a.xml", b"<rows><row><day>1</row></rows>", "XML"),
        ("a.xml", b"<rows><row><strange>1</strange></row></rows>", "strange"),
        ("a.xlsx", b"PK no workbook", "a.xlsx"),
        ("a.csv", "day\n中".encode("gb18030"), "UTF-8"),
        ("a.csv", "day,日期\n".encode(), "重复"),
        ("a.csv", b"day\n2026-10-01,5\n", "第 2 行"),
        ("a.csv", b'day\n"2026-10-01\n2026-10-02\n', "不是 CSV"),
    ],
    ids=["entities", "cut off", "no field", "no workbook", "no utf-8", "twice", "more cells", "quote"],
)
def test_a_file_that_cannot_be_read_is_named(name: str, content: bytes, words: str):
    with pytest.raises(BadPackage, match=words):
        list(rows_of(ICU_LOG, name, content))


def test_a_whole_month_sent_again_takes_the_place_of_the_draft_and_the_same_again_changes_nothing(ward: Ward):
    with acting_as(ward.nurse):
        receive(ward.hospital, ward.nurse, packed({("case", ""): [case(1), case(2)]}))
        same = receive(ward.hospital, ward.nurse, packed({("case", ""): [case(1), case(2)]}, SECOND, 2))
        revision = ward.sheet("case").revision
        third = f"{SECOND[:-1]}3"
        receive(ward.hospital, ward.nurse, packed({("case", ""): [case(2)]}, third, 3))
    assert told(same, "无变化") == [("case.csv", None)]
    assert revision == 1
    assert [row["inpatient_number"] for row in ward.sheet("case").rows] == ["ZY00002"]


BEFORE_LAST = month_before(PERIOD)


def lines(content: str) -> bytes:
    """A package of one file of exposures with this content."""
    return zipped({"exposure.csv": content.encode()}, [{"name": "exposure.csv", "record": "exposure", "rows": 1}])


def zipped(members: dict[str, bytes], said: list[dict[str, Any]], **more: Any) -> bytes:
    packed_up = io.BytesIO()
    named = [{"unit": "", "sha256": hashlib.sha256(members[each["name"]]).hexdigest(), **each} for each in said]
    manifest = {"package": FIRST, "sequence": 1, "period": f"{PERIOD:%Y-%m}", "files": named, **more}
    with zipfile.ZipFile(packed_up, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return packed_up.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lines("number\n" + "1\n" * 60_000), "多于 50000 行"),
        (lines("number\n" + "\n" * 60_000), "多于 50000 行"),
        (lines("number\n" + "1" * 140_000 + "\n"), "不是 CSV"),
        (lines("number\n\0\n"), "不能保存的字符"),
        (zipped({"a\0.csv": b"number\n"}, [{"name": "a\0.csv", "record": "exposure", "rows": 0}]), "不能保存的字符"),
        (
            zipped(
                {"a.csv": b"number\n", "b.csv": b"number\n"},
                [{"name": each, "record": "exposure", "rows": 0} for each in ("a.csv", "b.csv")],
            ),
            "两个文件",
        ),
        (zipped({}, [], files=5), "不是数据包"),
        (zipped({}, [], sequence=True), "正整数"),
    ],
    ids=["rows", "empty lines", "long cell", "zero byte", "zero byte in a name", "one sheet twice", "no list", "no number"],
)  # fmt: skip
def test_what_would_bring_the_server_down_is_refused_in_words(data: bytes, words: str):
    with pytest.raises(BadPackage, match=words):
        read(data)


def test_a_package_that_unpacks_to_too_much_is_refused():
    with pytest.raises(BadPackage, match="展开后过大"):
        read(zipped({"big.csv": b"0" * 61 * 1024 * 1024}, []))


def test_too_many_rows_of_xml_are_refused_while_they_are_read():
    with pytest.raises(BadPackage, match="至多 50000 行"):
        list(rows_of(ICU_LOG, "a.xml", b"<rows>" + b"<row/>" * 50_001 + b"</rows>"))


def test_a_line_that_belongs_to_no_day_or_to_one_that_has_its_line_is_told_and_not_counted(ward: Ward):
    rows = [*log(), {**log()[0], "present": 9}]
    rows[3] |= {"day": "2020-01-01"}
    with acting_as(ward.nurse):
        package = receive(ward.hospital, ward.nurse, packed({("icu_log", "ICU1"): rows}))
    assert told(package, "没有接收") == [("icu_log.csv", 5), ("icu_log.csv", len(rows) + 1)]
    assert ward.sheet("icu_log").rows[0] == log()[0]
    assert f"{len(log()) - 1} 行进入草稿" in package.receipt[-1]["words"]


def test_a_month_to_come_or_before_the_plan_is_not_opened(ward: Ward):
    with acting_as(ward.nurse):
        with pytest.raises(BadPackage, match="还没有到"):
            receive(ward.hospital, ward.nurse, packed({("case", ""): [case()]}, period="9999-12"))
        package = receive(ward.hospital, ward.nurse, packed({("case", ""): [case()]}, period=f"{BEFORE_LAST:%Y-%m}"))
    assert told(package, "没有接收") == [("case.csv", None)]
