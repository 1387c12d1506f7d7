"""A register in an address: the plural of its code, such as ``/doctors/``."""

from yizheng.registry.registers import registers


class RegisterConverter:
    """Between the part of an address and the code of a declared register."""

    regex = "[a-z]+"

    def to_python(self, value: str) -> str:
        """The code; an address of no declared register is none of ours."""
        found = next((each.code for each in registers() if f"{each.code}s" == value), None)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: str) -> str:
        """The part of the address."""
        return f"{value}s"
