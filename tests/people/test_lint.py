"""The page that goes round ``visible_to`` is found."""

from pathlib import Path

import pytest

from yizheng.people.lint import pages, rounds, scoped_models

SOURCE = Path(__file__).parents[2] / "src" / "yizheng"


def test_no_page_goes_round() -> None:
    models = scoped_models()
    found = [
        f"{path.relative_to(SOURCE)}:{line} {name}"
        for path in pages(SOURCE)
        for line, name in rounds(path.read_text("utf-8"), models)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("Case.objects.filter(pk=1)", True),
        ("Case.objects.all()", True),
        ("Case.objects.open().count()", True),
        ("get_object_or_404(Case.objects, pk=1)", True),
        ("rows = Case.objects\nrows.visible_to(me)", True),
        ("Case._default_manager.get(pk=1)", True),
        ("Case.objects.visible_to(me).get(pk=1)", False),
        ("Case.objects.filter(a=1).visible_to(me)", False),
        ("get_object_or_404(Case.objects.visible_to(me), pk=1)", False),
        ("Case.objects.create(a=1)", False),
        ("Other.objects.all()", False),
    ],
)
def test_what_is_caught(code: str, caught: bool) -> None:
    assert bool(rounds(code, {"Case"})) is caught


def test_pages_are_where_people_are_answered(tmp_path: Path) -> None:
    for name in (
        "room/pages/list.py",
        "room/api/v1.py",
        "room/api.py",
        "room/verbs.py",
        "room/models/case.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert sorted(str(path.relative_to(tmp_path)) for path in pages(tmp_path)) == [
        "room/api.py",
        "room/api/v1.py",
        "room/pages/list.py",
    ]
