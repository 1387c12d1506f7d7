"""Figures: what a sheet counts, the indicators as data, and each rate with numerator, denominator, interval and method."""
