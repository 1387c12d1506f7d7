"""The vault's master key: one file beside the data, made at first start, backed up apart from the database.

From it come five keys by HKDF, one for each use, so that none of them tells anything about another.
"""

import base64
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from yizheng.kernel.private_files import write_once

FILE_NAME = "vault.key"
_PREFIX = "yizheng-vault-1:"


class MasterKeyMissing(Exception):
    """There are enciphered identifiers but no key; making a new one would hide that they are lost."""


class MasterKeyUnusable(Exception):
    """The key file can be read by others or holds something else."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys derived from the master key."""

    wrapping: bytes
    index: bytes
    credentials: bytes
    attempts: bytes
    exchange: bytes


def path() -> Path:
    """Where the master key lies."""
    return Path(settings.SECRETS_DIR) / FILE_NAME


def make(file: Path) -> None:
    """Make the key file unless it exists; of two makers at once one wins and both go on with its key."""
    write_once(file, _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode() + "\n")


def read(file: Path) -> Keys:
    """The keys from the file.

    Raises MasterKeyMissing when there is none, MasterKeyUnusable when others may read it or it is damaged.
    """
    try:
        text = file.read_text("ascii").strip()
        mode = file.stat().st_mode
    except FileNotFoundError:
        raise MasterKeyMissing(f"找不到保险库主密钥 {file}；请从单独保管的备份放回该文件") from None
    if mode & 0o077:
        raise MasterKeyUnusable(f"保险库主密钥 {file} 可被他人读取；请执行 chmod 600")
    material = base64.b64decode(text.removeprefix(_PREFIX)) if text.startswith(_PREFIX) else b""
    if len(material) != 32:
        raise MasterKeyUnusable(f"保险库主密钥 {file} 内容不完整；请从备份放回该文件")
    return Keys(*(_derive(material, use) for use in ("wrapping", "index", "credentials", "attempts", "exchange")))


@lru_cache(maxsize=4)
def _kept(folder: Path) -> Keys:
    return read(folder / FILE_NAME)


def keys() -> Keys:
    """The keys of this installation; a process reads the file once."""
    return _kept(settings.SECRETS_DIR)


def _derive(material: bytes, use: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"yizheng vault {use}".encode()).derive(material)
