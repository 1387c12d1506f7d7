"""Whatever is wrong with an archive from outside has a name, before anything of it is believed."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from yizheng.kernel.archives import ArchiveFault, BadArchive, Limits, open_archive


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def fault_of(content: bytes, limits: Limits | None = None) -> ArchiveFault:
    with pytest.raises(BadArchive) as caught:
        read_all(content, limits or Limits())
    return caught.value.fault


def read_all(content: bytes, limits: Limits) -> dict[str, bytes]:
    with open_archive(content, limits) as archive:
        return {name: archive.read(name) for name in archive.members}


def test_members_are_read_whole_and_in_pieces() -> None:
    with open_archive(packed({"a/b.txt": b"x" * 10, "c": b""})) as archive:
        assert {name: archive.read(name) for name in archive.members} == {"a/b.txt": b"x" * 10, "c": b""}
        with archive.open("a/b.txt") as stream:
            assert stream.read(4) + b"".join(stream) == b"x" * 10
        assert archive.size("a/b.txt") == 10
        with pytest.raises(BadArchive):
            archive.read("nothing")


def test_members_size_and_ratio_are_bounded() -> None:
    several = packed({str(number): b"" for number in range(9)})
    assert fault_of(several, Limits(members=8)) is ArchiveFault.BOMB
    assert fault_of(packed({"a": bytes(2000)}), Limits(unpacked=1999)) is ArchiveFault.BOMB
    assert fault_of(packed({"a": bytes(70 * 1024**2)})) is ArchiveFault.BOMB


def test_what_stands_twice_is_no_archive() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a", b"2")
    assert fault_of(stream.getvalue()) is ArchiveFault.DAMAGED
    assert fault_of(packed({"a/b": b"1", "a\\b": b"2"})) is ArchiveFault.DAMAGED


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + bytes(40), b"text" * 99])
def test_what_is_no_archive_is_damaged(content: bytes) -> None:
    assert fault_of(content) is ArchiveFault.DAMAGED


def test_a_member_with_a_password_is_told() -> None:
    content = bytearray(packed({"a": b"1"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert fault_of(bytes(content)) is ArchiveFault.ENCRYPTED


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_no_single_changed_byte_raises_anything_else(method: int) -> None:
    whole = packed({"manifest.json": b"{}", "b": b"22"}, method)
    for at in range(len(whole)):
        for change in (1, 2, 0x80, 0xFF):
            content = whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]
            try:
                found = read_all(content, Limits())
            except BadArchive:
                continue
            assert set(found.values()) <= {b"{}", b"22"}
