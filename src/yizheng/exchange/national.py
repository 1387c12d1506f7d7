"""国密: signatures by SM2 with SM3 (GB/T 32918, GB/T 32905) for partners whose key is one of that curve.

The arithmetic is the library's (gmssl); its random numbers and its reading of public keys are not used, because the first are not
made for secrets and the second loses leading digits. A signature is written in DER (GM/T 0009). The private key lies in a file as
that of Ed25519 does; a module that keeps it in hardware takes the place of `Sm2Key`.
"""

import secrets
from dataclasses import dataclass
from typing import Final, cast

from asn1crypto import core, keys, pem
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from gmssl.sm2 import CryptSM2, default_ecc_table

CURVE: Final = "1.2.156.10197.1.301"
_P, _N, _A, _B = (int(default_ecc_table[name], 16) for name in "pnab")
_DIGITS = 64

keys.NamedCurve.register("sm2p256v1", CURVE, 32)


def sm3(content: bytes) -> str:
    """The digest of a content, in hexadecimal."""
    made = hashes.Hash(hashes.SM3())
    made.update(content)
    return made.finalize().hex()


@dataclass(frozen=True, slots=True)
class Sm2PublicKey:
    """A point of the curve, as its two coordinates in hexadecimal."""

    point: str

    def verify(self, signature: bytes, content: bytes) -> None:
        """Raises InvalidSignature."""
        try:
            first, second = decode_dss_signature(signature)
        except ValueError:
            raise InvalidSignature from None
        if not (0 < first < _N and 0 < second < _N):
            raise InvalidSignature
        told = f"{first:0{_DIGITS}x}{second:0{_DIGITS}x}"
        if not _library(self.point).verify_with_sm3(told, content):
            raise InvalidSignature

    def pem(self) -> str:
        """The key as text (RFC 5480 with the curve of GB/T 32918.5)."""
        algorithm = {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", "sm2p256v1")}
        public = keys.ECPointBitString(bytes.fromhex(f"04{self.point}"))
        info = keys.PublicKeyInfo({"algorithm": algorithm, "public_key": public})
        return cast(bytes, pem.armor("PUBLIC KEY", info.dump())).decode()


@dataclass(frozen=True, slots=True, repr=False)
class Sm2Key:
    """A private key: a number."""

    secret: int

    name = "SM2"

    @classmethod
    def generate(cls) -> "Sm2Key":
        """A new one (GB/T 32918.1: from 1 to n−2)."""
        return cls(secrets.randbelow(_N - 2) + 1)

    @property
    def public(self) -> Sm2PublicKey:
        """Its public half."""
        multiplied = _library("")._kg  # noqa: SLF001 — the library has no public name for the product with a point
        return Sm2PublicKey(multiplied(self.secret, default_ecc_table["g"]))

    def digest(self, body: bytes) -> str:
        """The digest of a body that goes with these signatures."""
        return sm3(body)

    def sign(self, content: bytes) -> bytes:
        """The signature over a content, with a number that is used once."""
        signer = _library(self.public.point, f"{self.secret:0{_DIGITS}x}")
        while (told := signer.sign_with_sm3(content, f"{secrets.randbelow(_N - 1) + 1:0{_DIGITS}x}")) is None:
            continue
        return encode_dss_signature(int(told[:_DIGITS], 16), int(told[_DIGITS:], 16))


def read_public(text: str) -> Sm2PublicKey | None:
    """The key of a text; nothing where it is none of this curve, or no point of it."""
    try:
        _, _, content = pem.unarmor(text.strip().encode("ascii"))
        info = keys.PublicKeyInfo.load(content, strict=True)
        if info.algorithm != "ec" or info["algorithm"]["parameters"].chosen.dotted != CURVE:
            return None
        x, y = info["public_key"].to_coords()
    except (ValueError, TypeError, UnicodeEncodeError, AttributeError):
        return None
    on_curve = 0 <= x < _P and 0 <= y < _P and (y * y - x * x * x - _A * x - _B) % _P == 0
    return Sm2PublicKey(f"{x:0{_DIGITS}x}{y:0{_DIGITS}x}") if on_curve else None


def write_secret(key: Sm2Key) -> bytes:
    """A private key as it lies in its file."""
    return cast(bytes, core.Integer(key.secret).dump())


def read_secret(content: bytes) -> Sm2Key:
    """The private key of a file."""
    return Sm2Key(core.Integer.load(content).native)


def _library(point: str, secret: str = "") -> CryptSM2:
    made = CryptSM2(private_key=secret, public_key="")
    made.public_key = point
    return made
