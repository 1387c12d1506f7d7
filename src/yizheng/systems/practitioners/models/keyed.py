"""Facts that several registers of people have of their own, told apart by the code of the register.

A nurse's penalty is no doctor's bar: a person may stand in both registers, and each law reads its own.
"""

from typing import Final

from yizheng.registry.fields import CodeField

DOCTOR: Final = "doctor"


def register_field() -> CodeField[str, str]:
    """The register whose law the fact is under."""
    return CodeField("登记簿", 16, table="people_register", default=DOCTOR)
