"""The calculators of the sequelae system: thin doors to the functions that pages and analyses call."""

from yizheng.systems.sequelae.calculators import analyses, bodies, minds, people  # noqa: F401 — they declare
