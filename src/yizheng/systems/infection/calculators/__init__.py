"""The calculators of infection control: thin doors to the functions that pages and statistics call."""

from yizheng.systems.infection.calculators import charts, detecting, measuring, rates  # noqa: F401 — they declare
