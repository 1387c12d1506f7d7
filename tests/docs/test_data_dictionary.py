"""docs/data-dictionary.md says what the kinds of fact declare; `YIZHENG_REWRITE_BASELINE=1` writes it anew."""

import os

from django.core.management import call_command

from tests.docs.pages import DOCS
from yizheng.registry.management.commands.dictionary import main
from yizheng.registry.wording.dictionary import dictionary, schema

PAGE = DOCS / "data-dictionary.md"


def test_the_data_dictionary_is_what_the_kinds_declare() -> None:
    if os.environ.get("YIZHENG_REWRITE_BASELINE"):
        PAGE.write_text(dictionary(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == dictionary()


def test_the_command_prints_it(capsys) -> None:
    call_command("dictionary")
    assert capsys.readouterr().out == dictionary()
    assert main(["--schema"]) == 0
    assert '"doctors_registration"' in capsys.readouterr().out


def test_the_schema_tells_what_is_personal_and_where_codes_come_from() -> None:
    identity = schema()["$defs"]["practitioners_identity"]["properties"]
    assert identity["birth_date"]["x-personal"]
    assert identity["sex"]["x-code-tables"] == ["gender"]
