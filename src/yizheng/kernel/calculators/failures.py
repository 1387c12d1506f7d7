"""What is wrong with a question to a calculator, in one Chinese sentence that says where and what to do."""


class BadInput(ValueError):
    """A column is missing, a value cannot be read or cannot be; the message is the sentence."""

    @classmethod
    def at(cls, line: int, column: str, value: object, wrong: str) -> "BadInput":
        """A value in a line of the file (the heading is line 1): what it is not, and what to do."""
        return cls(f"第{line}行“{column}”的值“{value}”{wrong}")
