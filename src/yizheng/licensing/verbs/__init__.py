"""The business verbs: each checks who, state and rules, changes, records and queues, in one transaction.

``perform`` does them all, ``performing`` for a chunk of cases; ``order`` is the table of what each does beside moving the case.
"""

from yizheng.licensing.verbs.acting import LostRaceError
from yizheng.licensing.verbs.performing import Outcome, perform

__all__ = ["LostRaceError", "Outcome", "perform"]
