"""The page that goes round ``visible_to`` is found."""

from pathlib import Path

import pytest

from yizheng.people.rights.lint import pages, rounds, scoped_models

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
        ("from yizheng.licensing.models import Case\nCase.objects.all()", True),
        ("from yizheng.work.models import Case\nCase.objects.all()", False),
    ],
)
def test_what_is_caught(code: str, caught: bool) -> None:
    assert bool(rounds(code, {"Case": {"yizheng.licensing"}})) is caught


def test_pages_are_what_the_addresses_lead_to() -> None:
    read = {str(path.relative_to(SOURCE)) for path in pages(SOURCE)}
    assert {
        "disclosure/api/endpoints.py",
        "disclosure/pages/lookup.py",
        "shell/desk/worklist.py",
        "shell/record/view.py",
        "shell/rollback.py",
        "shell/searching/people.py",
        "systems/doctors/pages/permits.py",
        "systems/practitioners/pages/roster.py",
    } <= read
    assert "systems/doctors/checks/grounds.py" not in read


def test_what_a_page_imports_from_beside_it_is_a_page_too() -> None:
    read = {str(path.relative_to(SOURCE)) for path in pages(SOURCE)}
    assert "shell/record/beside.py" in read
    assert "shell/desk/worklist_cases.py" in read
