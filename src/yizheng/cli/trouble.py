"""What stops a command, said in one sentence that a person can act on."""


class Trouble(Exception):
    """The command cannot go on; the text is one Chinese sentence that says what is wrong and what to do."""
