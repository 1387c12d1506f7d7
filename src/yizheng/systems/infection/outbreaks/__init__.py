"""Outbreaks: rules that raise an alarm, and by when one must be reported."""
