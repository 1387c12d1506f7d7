"""Counterpart simulators (对方模拟器): what a partner does, with faults on demand; in this process for tests, or as one of its own."""
