"""The business verbs: each checks who, state and rules, changes, records and queues, in one transaction.

``perform`` and ``perform_many`` do them all; ``order`` is the table of what each does beside moving the case.
"""

from yizheng.licensing.verbs.acting import LostRaceError
from yizheng.licensing.verbs.performing import Outcome, perform, perform_many

__all__ = ["LostRaceError", "Outcome", "perform", "perform_many"]
