"""Search keys of a name, one row each in a B-tree: its pairs of characters, the whole name, its pinyin, its initials."""

from dataclasses import dataclass
from enum import StrEnum

from yizheng.kernel.names.folding import fold_name, is_han
from yizheng.kernel.names.pinyin import fold_pinyin, syllables


class KeyKind(StrEnum):
    """What a search key is made of."""

    NAME = "name"
    BIGRAM = "bigram"
    PINYIN = "pinyin"
    INITIALS = "initials"


def bigrams(text: str) -> list[str]:
    """Neighbouring pairs of characters of a folded text, each once, in order; characters of any plane count as one."""
    return list(dict.fromkeys(text[index : index + 2] for index in range(len(text) - 1)))


def search_keys(name: str, *, person: bool = True) -> set[tuple[KeyKind, str]]:
    """All keys under which a name can be found. The name of an institution (``person=False``) has no surname."""
    folded = fold_name(name)
    read = syllables(name, person=person)
    keys = {(KeyKind.BIGRAM, pair) for pair in bigrams(folded)}
    keys.add((KeyKind.NAME, folded))
    keys.add((KeyKind.PINYIN, fold_pinyin("".join(read))))
    keys.add((KeyKind.INITIALS, "".join([syllable[0] for syllable in read])))
    keys.difference_update(_EMPTY)
    return keys


_EMPTY = [(kind, "") for kind in KeyKind]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look up for a typed text: any of ``kinds`` whose keys are all present on a name."""

    alternatives: tuple[tuple[KeyKind, tuple[str, ...]], ...]


def query_keys(text: str) -> Query:
    """How to search for a typed text: Chinese by all its pairs (a single character by the whole name), letters by pinyin or initials."""
    folded = fold_name(text)
    if not folded:
        return Query(())
    if any(map(is_han, folded)):
        if len(folded) == 1:
            return Query(((KeyKind.NAME, (folded,)),))
        return Query(((KeyKind.BIGRAM, tuple(bigrams(folded))),))
    letters = fold_pinyin(text)
    by_pinyin = (KeyKind.PINYIN, (letters,))
    return Query((by_pinyin, (KeyKind.INITIALS, (letters,)), (KeyKind.NAME, (folded,))))
