"""The vault proved: every identifier deciphers under its person's key and equals the index by which it is found."""

from collections.abc import Iterator

from django.core.exceptions import ObjectDoesNotExist

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.enciphering import cipher
from yizheng.people.models import VaultEntry
from yizheng.registry.seals.verification import proof

_CHUNK = 1000


@proof("证件号库")
def differing() -> Iterator[str]:
    """Entries that do not decipher, or whose index is another's."""
    entries = VaultEntry.objects.select_related("subject__data_key").order_by("id")
    for entry in entries.iterator(chunk_size=_CHUNK):
        try:
            text = vault.text_of(entry)
        except (cipher.Undecipherable, vault.Erased, ObjectDoesNotExist):
            yield f"第 {entry.pk} 条（主体 {entry.subject_id}）不能解密：密文或密钥被改动"
            continue
        (index,) = vault.blind_indexes(IdentifierKind(entry.kind), [text])
        if bytes(entry.blind_index or b"") != index:
            yield f"第 {entry.pk} 条（主体 {entry.subject_id}）的检索值与所存号码不符"
