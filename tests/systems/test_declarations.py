"""Every kind of fact declares what pages, exports and the data dictionary say of it."""

import re

import pytest
from django.apps import apps

from yizheng.kernel.codes import table
from yizheng.registry import kinds
from yizheng.registry.declarations import BAD, ENDED, FILLED, GOOD, HATCHED, NEUTRAL, NOT_DRAWN, OUTLINED, PLAIN
from yizheng.registry.fields import Declared
from yizheng.registry.models import EventFact, Fact
from yizheng.registry.wording.dictionary import columns, json_schema

KINDS = [kind for kind in kinds() if kind._meta.app_label != "sample"]
STATES = {FILLED, OUTLINED, PLAIN, HATCHED, ENDED, NOT_DRAWN}
EVENTS = {GOOD, BAD, NEUTRAL, NOT_DRAWN}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


@every_kind
def test_every_field_says_what_it_is(kind: type[Fact]) -> None:
    assert [field.name for field in kind.typed_fields() if not isinstance(field, Declared)] == []
    assert [each.name for each in columns(kind) if not re.search("[一-龥]", each.label)] == []


@every_kind
def test_every_code_table_exists(kind: type[Fact]) -> None:
    for column in columns(kind):
        assert all(len(table(name)) for name in column.tables)
        if column.type_word in ("代码", "多个代码"):
            assert column.tables or column.codes, f"{kind.__name__}.{column.name}"


@every_kind
def test_every_kind_says_its_place_its_look_and_its_words(kind: type[Fact]) -> None:
    said = {name for each in kind.__mro__ if each.__module__ != Fact.__module__ for name in vars(each)}
    assert {"order", "weight", "drawn", "told"} <= said
    if isinstance(kind.drawn, str):
        assert kind.drawn in (EVENTS if issubclass(kind, EventFact) else STATES)
    assert kind.entry is None or kind.entry.place >= 0


@every_kind
def test_every_name_in_a_sentence_is_known(kind: type[Fact]) -> None:
    told, entry, naming = kind.told, kind.entry, kind.naming
    sentences = [kind.label, *(getattr(told, name) for name in told.__slots__)]
    sentences += [entry.label, entry.says] if entry else []
    sentences += [naming.beside, naming.hint] if naming else []
    sentences += [*(row[1] for row in kind.head.rows), kind.head.about] if kind.head else []
    names = {
        name for sentence in sentences if isinstance(sentence, str) for name in re.findall(r"\{(\w+)[:}]", sentence)
    }
    assert {name for name in names - {"line", "says", "office"} if not hasattr(kind, name)} == set()


def test_a_register_has_one_kind_that_heads_its_page_and_one_that_names_its_subjects() -> None:
    for register in {register for kind in KINDS for register in kind.registers()}:
        mine = [kind for kind in KINDS if register in kind.registers()]
        assert len([kind for kind in mine if kind.head]) <= 1
        assert len([kind for kind in mine if kind.naming]) == 1


@every_kind
def test_the_schema_of_a_kind_has_every_column(kind: type[Fact]) -> None:
    told = json_schema(kind)
    assert set(told["required"]) == set(told["properties"])
    assert {each.name for each in columns(kind)} <= set(told["properties"])


def test_every_model_with_two_times_is_a_kind() -> None:
    assert {model for model in apps.get_models() if issubclass(model, Fact)} >= set(KINDS)
