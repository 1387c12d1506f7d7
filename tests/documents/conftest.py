"""What the tests of documents share: papers to hand in, fields to print, a key for the vault."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from yizheng.people import vault

ISSUED = date(2026, 5, 22)


@pytest.fixture
def vault_key(db: None) -> None:
    vault.prepare()


def fields_of_a_certificate() -> dict[str, Any]:
    """The printed fields of an invented doctor's certificate."""
    return {
        "number": "110110108004217",
        "issuer": "北京市海淀区卫生健康委员会",
        "name": "林知遥",
        "sex": "女",
        "identity_number": "11010819900307004X",
        "level": "执业医师",
        "qualification_number": "20151111011010819900307004X",
        "category": "临床",
        "scope": "外科专业",
        "place": "北京市",
        "institution": "海淀清河医院",
    }


@pytest.fixture
def certificate_fields() -> dict[str, Any]:
    return fields_of_a_certificate()


@pytest.fixture
def refusal_fields() -> dict[str, Any]:
    return {
        "addressee": "林知遥",
        "item": "医师变更执业注册",
        "case_number": "26-004109",
        "applied_on": date(2026, 4, 18),
        "accepted_on": date(2026, 4, 24),
        "reasons": ["你提交的进修证明载明期间为2024年3月1日至2025年2月28日，未满二年。"],
        "articles": ["《中华人民共和国医师法》第十四条"],
        "review_body": "北京市海淀区人民政府",
    }


def picture(
    size: tuple[int, int] = (354, 472),
    ground: tuple[int, int, int] = (250, 250, 248),
    form: str = "JPEG",
    sitter: bool = True,
) -> bytes:
    """A portrait of nobody: an oval head and shoulders on a plain ground."""
    image = Image.new("RGB", size, ground)
    if sitter:
        width, height = size
        draw = ImageDraw.Draw(image)
        draw.ellipse((width * 0.3, height * 0.19, width * 0.7, height * 0.57), fill=(201, 168, 143))
        draw.rectangle((width * 0.08, height * 0.7, width * 0.92, height), fill=(52, 80, 107))
    output = BytesIO()
    image.save(output, form, quality=92)
    return output.getvalue()
