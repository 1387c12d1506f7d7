"""Deadlines (期限): what falls due by the passing of time, whom to warn, and what follows.

A system declares its clocks (``clocks``); each is found in the register by one query, kept as deadlines (``computing``),
warned of (``warning``) and carried out on its day (``firing``), every night (``daily``).
"""
