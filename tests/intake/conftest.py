"""Files are read in this process, so that tests reach into the reader; ``test_bounded_reading.py`` asks for the child."""

import pytest

from yizheng.intake.files import bounded


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Everything is read as plain files are."""
    if "in_a_child" not in request.fixturenames:
        monkeypatch.setattr(bounded, "kind_of_file", lambda path, name: "csv")


@pytest.fixture
def in_a_child() -> None:
    """Workbooks and archives are read as they are for people."""
