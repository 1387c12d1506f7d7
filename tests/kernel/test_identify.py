"""`./yizheng identify`: what a number is."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.cli.identify import main
from yizheng.kernel.identifiers import Kind, identify, make_organisation_code, make_resident_id, make_uscc

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("text", "kind", "valid"),
    [
        ("11010519491231002X", Kind.RESIDENT_ID, True),
        ("110105491231002", Kind.RESIDENT_ID, True),
        ("110105194912310021", Kind.RESIDENT_ID, False),
        ("110199194912310021", Kind.RESIDENT_ID, False),
        ("12110105E99990017X", Kind.USCC, True),
        ("12110105E999900170", Kind.USCC, False),
        ("91110101MA0000000A", Kind.USCC, False),
        ("201011110" + "11010519491231002X", Kind.QUALIFICATION_NUMBER, True),
        ("199911110110105491231002", Kind.QUALIFICATION_NUMBER, True),
        ("110110105000123", Kind.PRACTICE_NUMBER, True),
        ("210110229000123", Kind.PRACTICE_NUMBER, True),
        ("110199999000123", Kind.PRACTICE_NUMBER, False),
        ("202511000001", Kind.NURSE_NUMBER, True),
        ("202599000001", Kind.NURSE_NUMBER, False),
        ("E9999001711010511A1001", Kind.INSTITUTION_NUMBER, True),
        ("E9999001-711010511A1001", Kind.INSTITUTION_NUMBER, True),
        ("PDY00123-411010517D2112", Kind.INSTITUTION_NUMBER, True),
        ("E9999001711010511A1009X"[:22], Kind.INSTITUTION_NUMBER, True),
        ("H12345678", Kind.HMT_PERMIT, True),
        ("M1234567801", Kind.HMT_PERMIT, True),
        ("12345678", Kind.HMT_PERMIT, True),
        ("830000199201300022", Kind.HMT_PERMIT, True),
        ("830000199201300023", Kind.HMT_PERMIT, False),
        ("E12345678", Kind.PASSPORT, True),
        ("911840197905120034", Kind.FOREIGN_PERMANENT_RESIDENCE, True),
        ("94482619680130007X", Kind.FOREIGN_PERMANENT_RESIDENCE, True),
        ("911840197905120031", Kind.FOREIGN_PERMANENT_RESIDENCE, False),
        ("911840197913120034", Kind.FOREIGN_PERMANENT_RESIDENCE, False),
        ("USA110079051203", Kind.FOREIGN_PERMANENT_RESIDENCE, True),
        ("JPN310085133312", Kind.FOREIGN_PERMANENT_RESIDENCE, False),
        (make_uscc("91", "110108", make_organisation_code("12345678")), Kind.USCC, True),
        ("1101051949123A2", Kind.UNKNOWN, False),
        ("１１０１０５１９４９１２３１００２ｘ", Kind.RESIDENT_ID, True),
        ("", Kind.UNKNOWN, False),
        ("   ", Kind.UNKNOWN, False),
        ("张三", Kind.UNKNOWN, False),
        ("1", Kind.UNKNOWN, False),
        ("9" * 1000, Kind.UNKNOWN, False),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢٤", Kind.UNKNOWN, False),
    ],
)
def test_a_number_is_told_by_its_shape(text: str, kind: Kind, valid: bool) -> None:
    found = identify(text, TODAY)
    assert (found.kind, found.valid) == (kind, valid)
    assert found.valid == (not found.problems)


@pytest.mark.parametrize("serial", [1, 1500, 10101, 31231, 123456, 999999])
@pytest.mark.parametrize("area", ["110101", "110105", "110108", "110119"])
def test_a_practice_number_of_beijing_is_never_taken_for_an_old_identity_number(area: str, serial: int) -> None:
    assert identify(f"110{area}{serial:06d}", TODAY).kind is Kind.PRACTICE_NUMBER


@given(
    st.sampled_from(["110101", "110108", "110221", "120101", "310101"]),
    st.dates(date(1930, 1, 1), date(1999, 12, 31)),
    st.integers(0, 999),
)
def test_an_old_identity_number_is_never_taken_for_a_practice_number(region: str, birth: date, serial: int) -> None:
    old = f"{region}{birth:%y%m%d}{serial:03d}"
    found = identify(old, TODAY)
    assert found.kind is Kind.RESIDENT_ID
    assert found.number == make_resident_id(region, birth, serial)


@given(st.text(max_size=60) | st.text("0123456789XHM-() ", max_size=30))
def test_no_text_breaks_it_and_the_answer_is_always_json(text: str) -> None:
    answer = json.loads(json.dumps(identify(text, TODAY).as_json()))
    assert set(answer) == {"kind", "valid", "parts", "problems"}
    assert answer["valid"] == (answer["problems"] == [])


def printed(capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[list[dict[str, object]], str]:
    out, err = capfdbinary.readouterr()
    return [json.loads(line) for line in out.decode().splitlines()], err.decode()


def test_the_command_prints_one_number_as_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["110105194912310021"]) == 0
    answers, err = printed(capfdbinary)
    assert [answer["kind"] for answer in answers] == ["resident_id"]
    assert "第18位校验码不符" in str(answers[0]["problems"])
    assert err == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_file_gives_one_answer_a_line(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], encoding: str, newline: str
) -> None:
    path = tmp_path / "号码.txt"
    path.write_bytes(newline.join(["11010519491231002X", "", "张三丰", "202511000001", ""]).encode(encoding))
    assert main(["--file", str(path)]) == 0
    answers, _ = printed(capfdbinary)
    assert [answer["kind"] for answer in answers] == ["resident_id", "unknown", "unknown", "nurse_number"]


@given(content=st.binary(max_size=200))
def test_no_file_breaks_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("garbage") / "file"
    path.write_bytes(content)
    assert main(["--file", str(path)]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "请写上要判断的号码"),
        (["1", "2"], "多出了“2”"),
        (["--file"], "--file 后面要写文件路径"),
        (["--file", "/no/such/file"], "找不到文件“/no/such/file”"),
        (["--file", "/"], "是文件夹"),
        (["1", "--file", "/"], "只能写一个"),
        (["--files", "/"], "多出了“--files”"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_code_two(
    arguments: list[str], words: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(arguments) == 2
    answers, err = printed(capfdbinary)
    assert answers == []
    assert words in err
    assert "Traceback" not in err


def test_help_is_in_chinese(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--help"]) == 0
    assert "判断一个号码是什么" in capfdbinary.readouterr().out.decode()


def test_an_argument_that_is_no_text_is_still_answered(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["\udcff\udcfe"]) == 0
    answers, _ = printed(capfdbinary)
    assert answers[0]["kind"] == "unknown"
