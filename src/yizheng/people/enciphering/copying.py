"""New identifiers into the vault in bulk: enciphered without the database, then copied; a million as well as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from yizheng.people.canonical import IdentifierKind, canonical
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.vault import AlreadyHeld, blind_indexes, place


@dataclass(frozen=True, slots=True)
class Sealed:
    """New identifiers enciphered and ready to be copied: the lines of the keys' table and of the entries'."""

    keys: str
    entries: str


def copy_new(rows: Sequence[tuple[int, IdentifierKind | str, str]]) -> int:
    """Keep identifiers (subject, kind, value) of subjects that have none yet, each subject named once.

    Returns how many. Raises AlreadyHeld when a subject or an identifier is known already, and keeps none.
    """
    by_kind: dict[IdentifierKind, list[tuple[int, str]]] = {}
    for subject_id, kind, value in rows:
        by_kind.setdefault(IdentifierKind(kind), []).append((subject_id, canonical(kind, value)))
    with transaction.atomic():
        for kind, held in by_kind.items():
            copy_sealed(sealed_new(kind, [subject for subject, _ in held], [text for _, text in held]))
    return len(rows)


def sealed_new(kind: IdentifierKind, subjects: Sequence[int], texts: Sequence[str]) -> Sealed:
    """What ``copy_sealed`` takes of canonical texts, without asking the database: one thread may seal while another copies."""
    keys, now = cipher.new_keys(len(texts)), timezone.now().isoformat()
    key_places = [place(subject_id, "key") for subject_id in subjects]
    wrapped = cipher.encipher_many(repeat(masterkey.keys().wrapping), keys, key_places)
    places = [place(subject_id, kind) for subject_id in subjects]
    sealed = cipher.encipher_many(keys, [text.encode() for text in texts], places)
    entries = zip(subjects, sealed, blind_indexes(kind, texts), strict=True)
    return Sealed(
        "".join([f"{subject_id}\t\\\\x{key.hex()}\n" for subject_id, key in zip(subjects, wrapped, strict=True)]),
        "".join(
            [
                f"{subject_id}\t{kind}\t\\\\x{text.hex()}\t\\\\x{index.hex()}\tf\t{now}\n"
                for subject_id, text, index in entries
            ]
        ),
    )


def copy_sealed(sealed: Sealed) -> None:
    """Keep what ``sealed_new`` made. Raises AlreadyHeld as ``copy_new``."""
    try:
        with connection.wrap_database_errors, transaction.atomic(), connection.cursor() as cursor:
            for statement, lines in ((_COPY_KEYS, sealed.keys), (_COPY_ENTRIES, sealed.entries)):
                with cursor.copy(statement) as copy:
                    copy.write(lines)
    except IntegrityError as error:
        raise AlreadyHeld("one of the subjects or identifiers") from error


_COPY_KEYS = "copy people_datakey (subject_id, wrapped) from stdin"
_COPY_ENTRIES = "copy people_vaultentry (subject_id, kind, ciphertext, blind_index, disputed, stored_at) from stdin"
