"""What a decision writes into the register of doctors, one act a file: registering, changing, suspending, ending.

Items, clocks and intakes call these inside a change; nothing here opens one or asks whether it may be done.
"""
