"""The example of a format in the page for engineers is a format: declared as it stands there, it takes a file in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, text
from tests.systems.doctors.intakes.test_qualifications import codes, entered, qualified, taken
from yizheng.intake import formats
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import Qualification

CODE = "example_school"


@pytest.fixture
def declared() -> Iterator[formats.Format]:
    (example,) = re.findall(r"```python\n(.*?)```", text(DOCS / "adding-a-format.md"), re.DOTALL)
    exec(compile(example, "adding-a-format.md", "exec"), {})
    yield formats.format_of(CODE)
    del formats._declared[CODE]


@pytest.mark.django_db
def test_the_example_takes_a_file_in(declared: formats.Format, city: Scope, tmp_path: Path) -> None:
    with acting_as_system("test"):
        entered(taken("qualification", tmp_path, [qualified(1), qualified(2), qualified(3)], city))
        rows = [qualified(1, school="燕山医科大学"), qualified(2, school="燕山"), qualified(4, school="燕山医科大学")]
        batch = taken(CODE, tmp_path, rows, city)
        assert codes(batch) == ["school_short", "unknown_person"]
        entered(batch)
        schools = Qualification.objects.current().exclude(holder_school="")
        assert list(schools.values_list("holder_school", flat=True)) == ["燕山医科大学"]
        assert taken(CODE, tmp_path, rows, city).difference["verdicts"] == {"same": 1, "unknown": 1}


def test_the_page_tells_every_argument() -> None:
    page = text(DOCS / "adding-a-format.md")
    assert [name for name in formats.Format.__dataclass_fields__ if name not in page] == []
