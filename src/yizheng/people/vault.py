"""The identifier vault: every personal number lives here once, enciphered, and nowhere else.

Each subject has a data key wrapped by the master key; destroying it is erasure (个人信息保护法 第四十七条). Equality is
asked through a truncated keyed index. ``resolve`` and ``reveal`` are recorded acts the person can read (第四十四条、第五十一条).
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.kernel.remembering import Memory
from yizheng.people import audit
from yizheng.people.canonical import IdentifierKind, canonical
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.masks import MASKS
from yizheng.people.models import Account, DataKey, SearchName, UnmaskingRecord, VaultEntry
from yizheng.people.models.vault import SEVERAL
from yizheng.people.rights.reach import Actor
from yizheng.registry.writer.rows import Known, insert_many

_SEALED = "v1."


class Erased(Exception):
    """The subject's data key was destroyed; nothing can be stored or read under it again."""


class AlreadyHeld(Exception):
    """Another subject holds this identifier."""


class NotHeld(LookupError):
    """The subject has no identifier of this kind."""


def prepare() -> None:
    """Make the master key at first start; never a new one beside identifiers that were enciphered with another.

    Raises masterkey.MasterKeyMissing or MasterKeyUnusable with a sentence for the person who starts the program.
    """
    if not DataKey.objects.exists():
        masterkey.make(masterkey.path())
    masterkey.read(masterkey.path())


def store(subject_id: int, kind: IdentifierKind | str, value: str, *, disputed: bool = False) -> None:
    """Keep the subject's identifier, in place of the one of its kind; a further qualification number stands beside.

    A ``disputed`` one (claimed, document not seen) may equal another subject's and is never resolved.
    Raises AlreadyHeld, Erased.
    """
    kind, text = IdentifierKind(kind), canonical(kind, value)
    key = data_keys([subject_id], make=True)[subject_id]
    held = {
        "ciphertext": cipher.encipher(key, text.encode(), place(subject_id, kind)),
        "blind_index": _blind(kind, text),
        "disputed": disputed,
    }
    try:
        with transaction.atomic():
            _keep(subject_id, kind, held)
    except IntegrityError as error:
        raise AlreadyHeld(kind) from error


def _keep(subject_id: int, kind: IdentifierKind, held: Mapping[str, object]) -> None:
    mine = VaultEntry.objects.filter(subject_id=subject_id, kind=kind)
    standing = mine.filter(blind_index=held["blind_index"]) if kind in SEVERAL else mine.filter(former=False)
    if not standing.update(**held, former=False):
        VaultEntry.objects.create(subject_id=subject_id, kind=kind, **held)


def retire(subject_id: int, kind: IdentifierKind | str, value: str) -> None:
    """The identifier was replaced by another: it is kept as a former one, and whoever asks by it still finds the subject.

    Raises NotHeld.
    """
    kind = IdentifierKind(kind)
    index = _blind(kind, canonical(kind, value))
    if not VaultEntry.objects.filter(subject_id=subject_id, kind=kind, blind_index=index).update(former=True):
        raise NotHeld(kind)


def replace(subject_id: int, kind: IdentifierKind | str, value: str) -> None:
    """The identifier is the subject's from now on; the one before it is kept as a former one. Raises AlreadyHeld, Erased."""
    mine = VaultEntry.objects.filter(subject_id=subject_id, kind=kind)
    index = _blind(IdentifierKind(kind), canonical(kind, value))
    mine.exclude(blind_index=index).update(former=True)
    if not mine.filter(blind_index=index).update(former=False):
        store(subject_id, kind, value)


def kinds_of(subject_id: int) -> set[IdentifierKind]:
    """Of which kinds the subject's present identifiers are."""
    held = VaultEntry.objects.filter(subject_id=subject_id, former=False)
    return {IdentifierKind(kind) for kind in held.values_list("kind", flat=True).distinct()}


def store_many(rows: Sequence[tuple[int, IdentifierKind | str, str]]) -> None:
    """Keep many new identifiers (subject, kind, value) in two statements; for intake and the demonstration city.

    Raises AlreadyHeld when any is held already, and keeps none.
    """
    keys = data_keys({subject_id for subject_id, _, _ in rows}, make=True)
    entries = []
    for subject_id, raw_kind, value in rows:
        kind, text = IdentifierKind(raw_kind), canonical(raw_kind, value)
        sealed = cipher.encipher(keys[subject_id], text.encode(), place(subject_id, kind))
        entries.append(VaultEntry(subject_id=subject_id, kind=kind, ciphertext=sealed, blind_index=_blind(kind, text)))
    try:
        with transaction.atomic():
            insert_many(entries)
    except IntegrityError as error:
        raise AlreadyHeld("one of the identifiers") from error


def store_missing(rows: Sequence[tuple[int, IdentifierKind | str, str]]) -> None:
    """As ``store_many``, leaving out what its subject holds already."""
    kinds = {IdentifierKind(kind) for _, kind, _ in rows}
    wanted = {
        (subject_id, IdentifierKind(kind), index): (subject_id, kind, value)
        for subject_id, kind, value in rows
        for index in blind_indexes(kind, [canonical(kind, value)])
    }
    held = VaultEntry.objects.filter(kind__in=kinds, blind_index__in=[index for _, _, index in wanted], disputed=False)
    for subject_id, kind, index in held.values_list("subject_id", "kind", "blind_index"):
        wanted.pop((subject_id, IdentifierKind(kind), bytes(index or b"")), None)
    store_many(list(wanted.values()))


def resolve(kind: IdentifierKind | str, value: str, actor: Actor, reason: str) -> int | None:
    """The subject that holds this identifier, or None; recorded either way, without the identifier.

    A mobile number that several subjects hold names none of them. Raises ValueError without a reason.
    """
    _need(reason)
    kind = IdentifierKind(kind)
    found = find(kind, value)
    audit.record(
        actor,
        "vault.resolve",
        f"subject:{found}" if found else "",
        {"kind": kind, "hit": found is not None, "reason": reason},
    )
    return found


def find(kind: IdentifierKind | str, value: str) -> int | None:
    """As ``resolve``, unrecorded: only for the program's own bookkeeping, never for what a person asked."""
    index = _blind(IdentifierKind(kind), canonical(kind, value))
    holders = VaultEntry.objects.filter(kind=kind, blind_index=index, disputed=False)
    subjects = list(holders.values_list("subject_id", flat=True)[:2])
    return subjects[0] if len(subjects) == 1 else None


def find_many(kind: IdentifierKind | str, values: Iterable[str]) -> dict[str, int]:
    """As ``find`` for many values at once: the holder of each that one subject holds, in one query."""
    kind, wanted = IdentifierKind(kind), list(values)
    index = dict(zip(blind_indexes(kind, [canonical(kind, each) for each in wanted]), wanted, strict=True))
    entries = VaultEntry.objects.filter(kind=kind, blind_index__in=list(index), disputed=False)
    holders: dict[str, set[int]] = {}
    for blind_index, subject in entries.values_list("blind_index", "subject_id"):
        holders.setdefault(index[bytes(blind_index or b"")], set()).add(subject)
    return {value: subjects.pop() for value, subjects in holders.items() if len(subjects) == 1}


def blind_indexes(kind: IdentifierKind | str, texts: Iterable[str]) -> list[bytes]:
    """The index of each canonical text of a kind, for matching a whole file against the vault inside the database."""
    begin = f"{IdentifierKind(kind)}:"
    return cipher.digests(masterkey.keys().index, [begin + text for text in texts])


def holds(subject_id: int, kind: IdentifierKind | str, value: str) -> bool:
    """Whether the subject holds, or claims, exactly this identifier; tells nothing else."""
    kind = IdentifierKind(kind)
    index = _blind(kind, canonical(kind, value))
    return VaultEntry.objects.filter(subject_id=subject_id, kind=kind, blind_index=index).exists()


def rightful_holder(claimant: int, kind: IdentifierKind | str) -> int | None:
    """Who holds undisputed the identifier that ``claimant`` disputes; None when she disputes none or nobody does."""
    claimed = VaultEntry.objects.filter(subject_id=claimant, kind=kind, disputed=True)
    index = claimed.values_list("blind_index", flat=True).first()
    if index is None:
        return None
    holders = VaultEntry.objects.filter(kind=kind, blind_index=bytes(index), disputed=False)
    return holders.values_list("subject_id", flat=True).first()


_unread: ContextVar[bool] = ContextVar("yizheng_vault_unread", default=False)


@contextmanager
def unread() -> Iterator[None]:
    """Within the block `reveal` holds nothing, and records no look: for reading of a person what lies outside of the vault."""
    token = _unread.set(True)
    try:
        yield
    finally:
        _unread.reset(token)


def reveal(subject_id: int, kind: IdentifierKind | str, actor: Account, reason: str) -> str:
    """The identifier in full; the person concerned sees that ``actor`` looked, when and why.

    Raises NotHeld, Erased, ValueError without a reason. Who may look is asked by the caller (``Power.UNMASK``).
    """
    _need(reason)
    kind = IdentifierKind(kind)
    text = None if _unread.get() else _read([subject_id], kind).get(subject_id)
    if text is None:
        raise NotHeld(kind)
    record_unmasking(subject_id, kind, actor, reason)
    return text


def reveal_many(subjects: Iterable[int], kind: IdentifierKind | str, actor: Account, reason: str) -> dict[int, str]:
    """The identifiers of many people in full, each look recorded for the person concerned; in four statements.

    Raises Erased, ValueError without a reason. Who may look is asked by the caller.
    """
    _need(reason)
    kind = IdentifierKind(kind)
    texts = _read(list(subjects), kind)
    insert_many(UnmaskingRecord(subject_id=subject_id, kind=kind, account=actor, reason=reason) for subject_id in texts)
    audit.record(actor, "vault.reveal", f"subjects:{len(texts)}", {"kind": kind, "reason": reason})
    return texts


def pass_on(subjects: Iterable[int], kind: IdentifierKind | str, to: str) -> dict[int, str]:
    """The identifiers of people in full, to be sent to another authority that the law names; the trail says to whom and how many.

    Raises Erased, ValueError without a receiver.
    """
    _need(to)
    texts = _read(list(subjects), IdentifierKind(kind))
    audit.record(None, "vault.pass_on", f"subjects:{len(texts)}", {"kind": IdentifierKind(kind), "to": to})
    return texts


def record_unmasking(subject_id: int, what: str, actor: Account, reason: str) -> None:
    """Say that ``actor`` saw ``what`` of the subject in full, for values that lie sealed outside of the vault.

    Raises ValueError without a reason.
    """
    _need(reason)
    UnmaskingRecord.objects.create(subject_id=subject_id, kind=what, account=actor, reason=reason)
    audit.record(actor, "vault.reveal", f"subject:{subject_id}", {"kind": what, "reason": reason})


def masked(subject_id: int, kind: IdentifierKind | str) -> str:
    """The identifier as pages show it; empty when there is none or it was erased."""
    return masked_many([subject_id], kind).get(subject_id, "")


def all_masked_many(subjects: Iterable[int], kind: IdentifierKind | str) -> dict[int, list[str]]:
    """Every identifier of a kind by subject, masked, the newest first, in one query; subjects without one are left out."""
    kind, mask = IdentifierKind(kind), MASKS[IdentifierKind(kind)]
    found: dict[int, list[str]] = {}
    for subject_id, text in _texts(list(subjects), kind, former=False):
        found.setdefault(subject_id, []).insert(0, mask(text))
    return found


def masked_many(subjects: Iterable[int], kind: IdentifierKind | str) -> dict[int, str]:
    """The masked identifiers of a page of subjects in two queries; subjects without one are left out."""
    mask = MASKS[IdentifierKind(kind)]
    return {subject_id: mask(text) for subject_id, text in _read(list(subjects), IdentifierKind(kind)).items()}


def seal_text(subject_id: int, text: str) -> str:
    """Encipher a personal form value under the subject's data key, for a draft or a case. Raises Erased."""
    return seal_texts([(subject_id, text)])[0]


def seal_texts(rows: Sequence[tuple[int, str]]) -> list[str]:
    """As ``seal_text`` for many (subject, text) at once, with one reading of the keys. Raises Erased."""
    keys = data_keys({subject_id for subject_id, _ in rows}, make=True)
    return [
        _SEALED + base64.b64encode(cipher.encipher(keys[subject_id], text.encode(), place(subject_id, "text"))).decode()
        for subject_id, text in rows
    ]


def open_texts(rows: Sequence[tuple[int, str]]) -> list[str]:
    """What ``seal_texts`` was given, for many (subject, sealed) at once. Raises Erased, cipher.Undecipherable."""
    keys = data_keys({subject_id for subject_id, _ in rows}, make=False)
    return [_opened(keys, subject_id, sealed) for subject_id, sealed in rows]


def _opened(keys: Mapping[int, bytes], subject_id: int, sealed: str) -> str:
    if subject_id not in keys:
        raise cipher.Undecipherable(f"subject {subject_id} has no data key")
    raw = base64.b64decode(sealed.removeprefix(_SEALED))
    return cipher.decipher(keys[subject_id], raw, place(subject_id, "text")).decode()


def erase(subject_id: int, actor: Actor, reason: str) -> None:
    """Destroy the subject's data key with its index values and the names it is found by; what was under it is unreadable for good.

    Recorded. Names are removed in every scope, so call it as the system. Raises ValueError without a reason.
    """
    _need(reason)
    with transaction.atomic():
        DataKey.objects.update_or_create(
            subject_id=subject_id, defaults={"wrapped": None, "destroyed_at": timezone.now()}
        )
        KEYS.forget()
        VaultEntry.objects.filter(subject_id=subject_id).delete()
        SearchName.objects.filter(subject_id=subject_id).delete()
        Account.objects.filter(subject_id=subject_id).update(login_index=None)
        audit.record(actor, "vault.erase", f"subject:{subject_id}", {"reason": reason})


def erased(subjects: Iterable[int]) -> frozenset[int]:
    """Those of the subjects whose key was destroyed."""
    return frozenset(
        DataKey.objects.filter(subject_id__in=set(subjects), wrapped=None).values_list("subject_id", flat=True)
    )


def drill(sample: int = 50) -> int:
    """Decipher some identifiers and compare their index, to prove a restored database and key belong together.

    Returns how many were proved. Raises cipher.Undecipherable, masterkey.MasterKeyMissing.
    """
    newest = VaultEntry.objects.select_related("subject__data_key").order_by("-id")[:sample]
    for entry in newest:
        if bytes(entry.blind_index or b"") != _blind(IdentifierKind(entry.kind), text_of(entry)):
            raise cipher.Undecipherable(f"index of vault entry {entry.pk}")
    return len(newest)


def _read(subjects: Sequence[int], kind: IdentifierKind) -> dict[int, str]:
    """The identifier of each subject: the newest that was not replaced; one that was, when there is no other."""
    return dict(_texts(subjects, kind))


def _texts(subjects: Sequence[int], kind: IdentifierKind, *, former: bool | None = None) -> list[tuple[int, str]]:
    """Subject and identifier, former ones first, then the older first."""
    entries = VaultEntry.objects.filter(subject_id__in=subjects, kind=kind)
    if former is not None:
        entries = entries.filter(former=former)
    with_keys = entries.select_related("subject__data_key").order_by("-former", "id")
    return [(entry.subject_id, text_of(entry)) for entry in with_keys]


def text_of(entry: VaultEntry) -> str:
    """The identifier of an entry read with its subject's key; for the program's own bookkeeping. Raises Erased, cipher.Undecipherable."""
    key = _unwrap(entry.subject.data_key)
    return cipher.decipher(key, bytes(entry.ciphertext), place(entry.subject_id, entry.kind)).decode()


def data_keys(subjects: Iterable[int], *, make: bool) -> Mapping[int, bytes]:
    """The keys of subjects by subject, made where there are none and ``make`` is set. Raises Erased."""
    wanted = set(subjects)
    kept = KEYS.ask_many(wanted, _kept_keys)
    missing = sorted(wanted - kept.keys())
    if not missing or not make:
        return kept
    fresh = [DataKey(subject_id=subject_id, wrapped=_wrap(subject_id, cipher.new_key())) for subject_id in missing]
    # Another transaction may have made one meanwhile: keep the first and read back what stands.
    insert_many(fresh, Known.KEPT)
    return kept | KEYS.ask_many(missing, _kept_keys)


KEYS: Memory[int, bytes] = Memory("yizheng_vault_keys")
"""The keys of subjects, for work that opens and seals texts of one person again and again."""


def _kept_keys(subjects: list[int]) -> dict[int, bytes]:
    return {row.subject_id: _unwrap(row) for row in DataKey.objects.filter(subject_id__in=subjects)}


def _wrap(subject_id: int, key: bytes) -> bytes:
    return cipher.encipher(masterkey.keys().wrapping, key, place(subject_id, "key"))


def _unwrap(row: DataKey) -> bytes:
    if row.wrapped is None:
        raise Erased(row.subject_id)
    return cipher.decipher(masterkey.keys().wrapping, bytes(row.wrapped), place(row.subject_id, "key"))


def _blind(kind: IdentifierKind, text: str) -> bytes:
    return cipher.digest(masterkey.keys().index, f"{kind}:{text}")


def place(subject_id: int, kind: str) -> str:
    """What a text of a subject is bound to, so that it cannot be read as another's."""
    return f"subject:{subject_id}:{kind}"


def _need(reason: str) -> None:
    if not reason.strip():
        raise ValueError("a recorded act needs a reason")
