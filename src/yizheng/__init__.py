"""Yizheng 医政: the platform on which a city runs its medical administration."""

__version__ = "0.1.0"
