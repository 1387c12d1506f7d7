"""The business items of doctors, one a file."""

from yizheng.systems.doctors.items.first_registration import FirstRegistration

__all__ = ["FirstRegistration"]
