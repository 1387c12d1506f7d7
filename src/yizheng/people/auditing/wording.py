"""The audit trail in the words a person reads: acts, what they were done to, and the details kept of them.

The trail itself keeps the words of the program, which never change; a room above adds the words only it knows.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind, Role

_WORDS: dict[str, dict[str, str]] = tomllib.loads(
    (files("yizheng.people") / "data/audit_words.toml").read_text("utf-8")
)
_VERBS, _OBJECTS, _DETAILS = _WORDS["verbs"], _WORDS["objects"], _WORDS["details"]
_KINDS = {kind.value: kind.label for kind in (*IdentifierKind, *AccountKind)}
_ROLES = dict(Role.choices)


def verb_words(verb: str) -> str:
    """The act in Chinese; a verb of another room that has no words here stands as it is."""
    return _VERBS.get(verb, verb)


def known_verbs() -> list[tuple[str, str]]:
    """Verbs and words, for a filter."""
    return sorted(_VERBS.items(), key=lambda pair: pair[1])


def declare_words(verbs: Mapping[str, str], values: Mapping[str, Callable[[str], str]]) -> None:
    """A room above adds the words of its verbs, and by the name of a detail how its values are said."""
    _VERBS.update(verbs)
    _VALUES.update(values)


def object_words(reference: str) -> str:
    """What an act was done to: ``case:206`` is 办件 206."""
    kind, _, number = reference.partition(":")
    return f"{_OBJECTS.get(kind, kind)} {number}".rstrip()


def object_reference(words: str) -> str:
    """The reference behind the words a person typed, the number with or without a space before it."""
    written = re.fullmatch(r"(\D+?)\s*(\d+)", words)
    kinds = {title: kind for kind, title in _OBJECTS.items()}
    return f"{kinds[written[1]]}:{written[2]}" if written and written[1] in kinds else words


def detail_words(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details kept of an act, name and value in words; what has none stands as it is."""
    return [(_DETAILS.get(name, name), _value(name, value)) for name, value in detail.items()]


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    say = _VALUES.get(name)
    return say(str(value)) if say else str(value)


_VALUES: dict[str, Callable[[str], str]] = {
    "kind": lambda kind: _KINDS.get(kind, kind),
    "claim": lambda state: "已并入登记" if state == "matched" else state,
    "role": lambda role: _ROLES.get(role, role),
    "object": object_words,
}
