"""Every template of every room compiles, and says what it needs in words a person reads."""

from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import RequestFactory, override_settings

from yizheng.shell import errors
from yizheng.shell.bundles import PARTS, join

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yizheng"
TEMPLATES = sorted(
    str(path.relative_to(folder)) for folder in SOURCE.rglob("templates") for path in folder.rglob("*.html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name: str) -> None:
    assert get_template(name) is not None


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "没有保存任何更改"),
        (errors.forbidden, 403, "系统管理员"),
        (errors.not_found, 404, "去查询"),
    ],
)
def test_what_went_wrong_is_said_in_words(view: object, status: int, words: str) -> None:
    answer = view(RequestFactory().get("/nowhere/"), PermissionError("这一件由朝阳区受理"))
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_refusal_gives_its_ground() -> None:
    answer = errors.forbidden(RequestFactory().get("/"), PermissionError("这一件由朝阳区受理"))
    assert "这一件由朝阳区受理" in answer.content.decode()


@override_settings(HOTLINE="010-5555 0199")
def test_a_failure_gives_the_hotline() -> None:
    answer = errors.failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "010-5555 0199" in answer.content.decode()


@pytest.mark.parametrize("name", PARTS)
def test_a_bundle_is_named_by_its_content(name: str) -> None:
    bundle = join(name)
    assert bundle.digest in bundle.address
    assert join(name) == bundle
    assert len(bundle.brotli) <= len(bundle.gzip) < len(bundle.plain)


def test_no_script_or_style_is_inline() -> None:
    for name in TEMPLATES:
        source = get_template(name).template.source  # type: ignore[attr-defined]
        assert " style=" not in source, name
        assert "<style" not in source, name
        assert " onclick=" not in source, name
