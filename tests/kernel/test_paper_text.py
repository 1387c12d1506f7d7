"""The text of a paper: its text layer, else what a recogniser makes of its pictures, in a process of its own."""

import subprocess
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.documents.test_typesetting import notice
from tests.walking import picture
from yizheng.kernel import paper_text
from yizheng.kernel.paper_text import PaperText, read, text_of

PDF = "application/pdf"


def typeset(text: str) -> bytes:
    return notice(paragraphs=[text])


def scanned() -> bytes:
    output = BytesIO()
    Image.open(picture((300, 300))).convert("RGB").save(output, "PDF")
    return output.getvalue()


def test_a_text_layer_is_read_and_nothing_recognised() -> None:
    content = typeset("毕业证书 林知遥 二〇一九年七月一日")
    found = read(content, PDF)
    assert found is not None
    assert "林知遥" in found.text
    assert not found.recognised
    assert text_of(content, PDF, lambda _: "别的").text == found.text


def test_a_page_that_is_a_picture_is_recognised_where_there_is_a_recogniser() -> None:
    found = text_of(scanned(), PDF, lambda content: f"毕业证书{len(Image.open(BytesIO(content)).size)}")
    assert found == PaperText("毕业证书2", recognised=True)
    assert text_of(picture((300, 300)).getvalue(), "image/jpeg", lambda _: "照片").text == "照片"
    assert text_of(scanned(), PDF, None).text.strip() == ""


def test_what_cannot_be_read_is_nothing_and_kills_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(b"no pdf at all", PDF) is None

    def slow(*args: Any, **kwargs: Any) -> None:
        raise subprocess.TimeoutExpired("read", 1)

    monkeypatch.setattr(subprocess, "run", slow)
    assert read(typeset("毕业证书"), PDF) is None
    assert not paper_text._one_at_a_time.locked()
