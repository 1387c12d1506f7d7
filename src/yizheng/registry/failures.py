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
