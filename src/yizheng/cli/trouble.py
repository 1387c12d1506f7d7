"""What stops a command, said in one sentence that a person can act on."""


def last_line(said: str) -> str:
    """The last line a program said: what went wrong."""
    lines = [line for line in said.strip().splitlines() if line]
    return lines[-1] if lines else "没有说明"


class Trouble(Exception):
    """The command cannot go on; the text is one Chinese sentence that says what is wrong and what to do."""
