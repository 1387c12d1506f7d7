"""Changing the numbers of a person in the vault: the new one is kept, the former one stays findable (former numbers)."""

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind, canonical


def replace_number(subject_id: int, kind: IdentifierKind, former: str, new: str) -> bool:
    """The person's number is ``new`` from now on. Returns whether anything changed. Raises AlreadyHeld, NotHeld."""
    if not new or (former and canonical(kind, former) == canonical(kind, new)):
        return False
    if former:
        vault.retire(subject_id, kind, former)
    vault.store(subject_id, kind, new)
    return True


def agrees(subject_id: int, kind: IdentifierKind, typed: str) -> bool | None:
    """Whether the number typed is the person's; nothing where none was typed."""
    return vault.holds(subject_id, kind, typed) if typed else None
