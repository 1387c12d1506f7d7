"""Positive findings: what examiners wrote, brought to the terms of one dictionary."""
