"""Texts, sounds and films handed in: whole files are told from what hides something or only pretends."""

import struct
from io import BytesIO

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from PIL import Image

from tests.documents.conftest import picture
from yizheng.demo.recordings import film, sound
from yizheng.documents.attachments import MP3, MP4, PAPERS, RECORDINGS, TEXT, WAV, WEBM, RefusedFile, words_of
from yizheng.documents.attachments.sniffing import kind_of, sniff
from yizheng.documents.pages.serving import served

FILM = film([Image.new("RGB", (64, 36), colour) for colour in ("red", "green", "blue") for _ in range(4)])
SOUND = sound(1)
FRAME = b"\xff\xfb\x90\x00" + bytes(413)
MP3_FILE = b"ID3\x03\x00\x00\x00\x00\x00\x05" + bytes(5) + FRAME * 3 + b"TAG" + bytes(125)
LOW_FRAME = b"\xff\xf3\x40\x00" + bytes(100)


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


MP4_FILE = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", bytes(20)) + box(b"mdat", bytes(30))
WORDS = "北京澄怀眼科医院\r\n电话：010-60551208".encode()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (FILM, "a.webm", WEBM),
        (SOUND, "a.wav", WAV),
        (MP3_FILE, "a.mp3", MP3),
        (LOW_FRAME * 2, "a.mp3", MP3),
        (MP4_FILE, "a.mp4", MP4),
        (box(b"ftyp", b"isom") + box(b"moov") + b"\0\0\0\x01mdat" + struct.pack(">Q", 20) + bytes(4), "a.m4v", MP4),
        (WORDS, "a.txt", TEXT),
        (WORDS.decode().encode("gb18030"), "a.txt", TEXT),
    ],
)
def test_a_whole_recording_is_known_by_its_structure(content: bytes, name: str, kind: str) -> None:
    assert sniff(content, name, PAPERS | RECORDINGS) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (FILM + b"PK\x03\x04", "a.webm"),
        (FILM[:-1], "a.webm"),
        (FILM.replace(b"webm", b"matr"), "a.webm"),
        (SOUND + b"<script>", "a.wav"),
        (SOUND[:-1], "a.wav"),
        (SOUND[:12], "a.wav"),
        (MP3_FILE[:-128] + b"rest", "a.mp3"),
        (b"\xff\xfb\x00\x00" + bytes(413), "a.mp3"),
        (MP4_FILE + b"PK\x03\x04rest", "a.mp4"),
        (MP4_FILE[:-1], "a.mp4"),
        (box(b"moov") + MP4_FILE, "a.mp4"),
        (box(b"ftyp", b"isom") + box(b"html", b"<script>") + box(b"moov") + box(b"mdat"), "a.mp4"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.txt"),
        (b"<html><body>x</body></html>", "a.txt"),
        (b"ID3", "a.mp3"),
        (b"\x1a", "a.webm"),
        (b"\x00\x00\x00\x01ftyp", "a.mp4"),
        (b"a" * (1024 * 1024 + 1), "a.txt"),
        (b"\x00\x01\x02", "a.txt"),
        (b"  \n ", "a.txt"),
        (b"\xff\xfe\xff", "a.txt"),
        (WORDS, "a.html"),
        (FILM, "a.mp4"),
    ],
)
def test_what_hides_something_or_is_cut_off_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(RefusedFile):
        sniff(content, name, PAPERS | RECORDINGS)


def test_a_recording_is_no_paper() -> None:
    for content, name in ((FILM, "a.webm"), (SOUND, "a.wav"), (WORDS, "a.txt")):
        with pytest.raises(RefusedFile, match="不是可以接收的文件"):
            sniff(content, name, PAPERS)


def test_a_film_that_carries_another_file_is_refused() -> None:
    attached = b"\x19\x41\xa4\x69" + b"\x84" + b"MZ\x90\x00"
    at = FILM.index(b"\x18\x53\x80\x67")
    size = int.from_bytes(FILM[at + 4 : at + 12], "big") + len(attached)
    with pytest.raises(RefusedFile):
        sniff(FILM[: at + 4] + size.to_bytes(8, "big") + FILM[at + 12 :] + attached, "a.webm", RECORDINGS)


def test_words_are_read_in_both_encodings() -> None:
    assert words_of("眼科".encode("gb18030")) == words_of("\ufeff眼科".encode()) == "眼科"
    assert words_of(b"\x07") is None


def test_how_a_file_is_shown_follows_its_type() -> None:
    assert [kind_of(each) for each in ("image/png", WEBM, MP3, TEXT, "application/pdf")] == [
        "image", "film", "sound", "text", "pdf",
    ]  # fmt: skip


def asked(part: str = "", view: str = "") -> HttpRequest:
    return RequestFactory().get("/", {"view": view}, headers={"Range": part} if part else None)


@pytest.mark.parametrize(
    ("part", "status", "told", "content"),
    [
        ("", 200, None, b"0123456789"),
        ("bytes=2-4", 206, "bytes 2-4/10", b"234"),
        ("bytes=7-", 206, "bytes 7-9/10", b"789"),
        ("bytes=7-99", 206, "bytes 7-9/10", b"789"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=-99", 206, "bytes 0-9/10", b"0123456789"),
        ("bytes=10-", 416, "bytes */10", b""),
        ("bytes=5-4", 416, "bytes */10", b""),
        ("bytes=-", 200, None, b"0123456789"),
        ("bytes=0-1,4-5", 200, None, b"0123456789"),
        (f"bytes={'9' * 20}-", 200, None, b"0123456789"),
    ],
)
def test_a_player_gets_the_part_it_asks_for(part: str, status: int, told: str | None, content: bytes) -> None:
    answer = served(asked(part), b"0123456789", WEBM, "片.webm")
    assert (answer.status_code, answer.headers.get("Content-Range"), answer.content) == (status, told, content)


def test_only_players_get_parts_and_nobody_guesses_a_type() -> None:
    answer = served(asked("bytes=1-2", "1"), picture(), "image/jpeg", "a.jpg")
    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "none")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert Image.open(BytesIO(answer.content)).format == "JPEG"
