"""The table of state words: one word, one icon, one colour, and every word in use is in it."""

import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template

from yizheng.licensing.states import CaseState
from yizheng.shell import states
from yizheng.shell.icons import FOLDER, MissingIcon, icon
from yizheng.shell.states import STATES, TABLE, Kind, UnknownState

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "yizheng"
MANIFEST = json.loads((ROOT / "assets" / "manifest.json").read_text("utf-8"))


def test_every_word_stands_once() -> None:
    words = [word for icons in TABLE.values() for group in icons.values() for word in group]
    assert len(words) == len(set(words)) == len(STATES)


def test_the_four_ends_of_a_registration_stay_four_words() -> None:
    kinds = {word: STATES[word].kind for word in ("已注销", "吊销", "撤销", "暂停执业")}
    assert kinds == {"已注销": Kind.END, "吊销": Kind.BAD, "撤销": Kind.BAD, "暂停执业": Kind.WARN}


def test_an_unknown_word_fails() -> None:
    with pytest.raises(UnknownState):
        states.state("差不多")


@pytest.mark.parametrize("state", CaseState)
def test_every_state_of_a_case_has_its_word(state: CaseState) -> None:
    assert states.state(state.label).word == state.label


@pytest.mark.parametrize("state", STATES.values(), ids=lambda state: state.word)
def test_every_icon_of_a_state_is_built_in(state: states.State) -> None:
    assert "<path" in icon(state.icon)
    assert state.icon in MANIFEST["icons"]


def test_every_icon_named_in_a_template_is_in_the_manifest() -> None:
    named = {
        match[1]
        for path in TEMPLATES.rglob("*.html")
        for match in re.finditer(r"""(?:\{% icon |<c-icon name=)"([a-z0-9-]+)\"""", path.read_text("utf-8"))
    }
    assert named - set(MANIFEST["icons"]) == set()


def test_an_icon_that_was_not_built_says_how_to_build_it() -> None:
    with pytest.raises(MissingIcon, match=r"manifest\.json"):
        icon("no-such-icon")
    assert FOLDER.is_dir()


def test_a_state_is_icon_and_word_never_colour_alone() -> None:
    drawn = Template('{% load shell %}{% state "提示" count=2 %}').render(Context())
    assert drawn.startswith('<span class="state warn"><svg')
    assert 'aria-hidden="true"' in drawn
    assert drawn.endswith("提示 2</span>")
