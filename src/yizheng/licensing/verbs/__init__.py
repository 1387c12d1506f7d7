"""The business verbs: each checks who, state and rules, changes, records and queues, in one transaction."""

from yizheng.licensing.verbs.performing import Act, LostRaceError, perform

__all__ = ["Act", "LostRaceError", "perform"]
