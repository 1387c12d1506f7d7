"""What the registry refuses, each with a sentence a person can act on."""


class RegistryError(Exception):
    """A verb of the registry was refused; the text says why, in Chinese."""


class EmptyPeriod(RegistryError):
    """The period ends before or on the day it begins."""


class NothingInForce(RegistryError):
    """There is no state on the line to end or clear in that period."""


class EventConflict(RegistryError):
    """Another event stands on the same line and day."""


class NotStanding(RegistryError):
    """The version has been closed in the meantime, or somebody else closed it first."""


class NotUndoable(RegistryError):
    """The change as a whole cannot be rolled back: unfinished, undone already, or the undoing of a rollback."""


class SamePerson(RegistryError):
    """A rollback needs one person to propose it and another to approve it."""


class NothingToUndo(RegistryError):
    """Nothing would be rolled back: the change touched no line, or every line is kept."""


class MergeCircle(RegistryError):
    """Merging would make a subject stand for itself."""
