"""Names, numbers and contents lie enciphered under a key of each person's own; what is found by a number is a keyed digest."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from yizheng.people import vault
from yizheng.people.enciphering import cipher, masterkey


def seal(rows: Sequence[tuple[int, Any]]) -> list[str]:
    """Encipher contents for (subject, content), with one reading of the keys."""
    return vault.seal_texts([(subject, json.dumps(content, ensure_ascii=False)) for subject, content in rows])


def opened(rows: Sequence[tuple[int, str]]) -> list[Any]:
    """What was sealed for (subject, sealed)."""
    return [json.loads(text) for text in vault.open_texts(rows)]


def indexes(use: str, texts: Iterable[str]) -> list[bytes]:
    """Keyed digests by which equality alone can be asked, within one use; they meet nothing else in the platform."""
    return cipher.digests(masterkey.keys().index, [f"sequelae:{use}:{text}" for text in texts])
