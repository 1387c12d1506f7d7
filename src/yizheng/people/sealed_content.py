"""The bytes of a file, enciphered under the data key of the subject they are about."""

from yizheng.people.enciphering import cipher
from yizheng.people.vault import data_keys, place


def seal_content(subject_id: int, content: bytes) -> bytes:
    """Encipher the bytes of a file under the subject's data key. Raises Erased."""
    return cipher.encipher(data_keys([subject_id], make=True)[subject_id], content, place(subject_id, "content"))


def open_content(subject_id: int, sealed: bytes) -> bytes:
    """What ``seal_content`` was given. Raises Erased, cipher.Undecipherable."""
    keys = data_keys([subject_id], make=False)
    if subject_id not in keys:
        raise cipher.Undecipherable(f"subject {subject_id} has no data key")
    return cipher.decipher(keys[subject_id], sealed, place(subject_id, "content"))
