"""登记簿: the registers of the platform. Whatever exists once in each of them is keyed by the register's code."""

from collections.abc import Iterable
from dataclasses import dataclass


class UnknownRegister(LookupError):
    """No register of that code was declared."""


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its code in addresses and keys, its title, and whether its subjects are people."""

    code: str
    title: str
    of_people: bool = True
    prefix: str = ""
    """What the codes of its checks begin with; empty for a register that declares no checks."""


_declared: dict[str, Register] = {}


def declare(register: Register) -> Register:
    """Add a register; declaring the same again is no change."""
    return _declared.setdefault(register.code, register)


def registers() -> Iterable[Register]:
    """Every register, in the order of declaration."""
    return tuple(_declared.values())
