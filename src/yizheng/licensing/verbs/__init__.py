"""The business verbs: each checks who, state and rules, changes, records and queues, in one transaction.

``perform`` does them all; the modules loaded here declare what each does beside moving the case.
"""

from yizheng.licensing.verbs import (
    accepting,
    deciding,
    enacting,
    ending,
    filing,
    reviewing,
    submitting,
    transferring,
)
from yizheng.licensing.verbs.many import Outcome, perform_many
from yizheng.licensing.verbs.performing import LostRaceError, perform

__all__ = [
    "LostRaceError",
    "Outcome",
    "accepting",
    "deciding",
    "enacting",
    "ending",
    "filing",
    "perform",
    "perform_many",
    "reviewing",
    "submitting",
    "transferring",
]
