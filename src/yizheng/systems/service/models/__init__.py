"""The tables of the service. They hold no personal data: what is typed is refused where it holds an identity or mobile number."""

from yizheng.systems.service.models.advisory import Advisory
from yizheng.systems.service.models.contract import Contract, ContractEvent, ContractLine
from yizheng.systems.service.models.indicator import MonthSheet
from yizheng.systems.service.models.inspection import Inspection, Reading
from yizheng.systems.service.models.matter import Matter, MatterAct
from yizheng.systems.service.models.order import Entry, Signature, WorkOrder
from yizheng.systems.service.models.report import Report

__all__ = [
    "Advisory", "Contract", "ContractEvent", "ContractLine", "Entry", "Inspection", "Matter", "MatterAct", "MonthSheet",
    "Reading", "Report", "Signature", "WorkOrder",
]  # fmt: skip
