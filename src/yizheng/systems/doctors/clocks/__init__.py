"""The clocks that run about every doctor: what falls due by the passing of time, whom to warn, and what follows.

Declared in ``registration`` and ``permits``, found in the register by one query each, kept as deadlines, run every day.
"""
