"""Leaving the main institution: the leave filing, its withdrawal, and staying after retirement."""

from yizheng.systems.doctors.items.leaving.leave_filing import LeaveFilingItem
from yizheng.systems.doctors.items.leaving.rehire import RetiredRehire
from yizheng.systems.doctors.items.leaving.withdrawal import LeaveWithdrawal

__all__ = ["LeaveFilingItem", "LeaveWithdrawal", "RetiredRehire"]
