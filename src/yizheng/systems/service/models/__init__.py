"""The tables of the service. They hold no personal data: what is typed is refused where it holds an identity or mobile number."""

from yizheng.systems.service.models.contract import Contract, ContractEvent, ContractLine
from yizheng.systems.service.models.inspection import Inspection, Reading
from yizheng.systems.service.models.order import Entry, WorkOrder
from yizheng.systems.service.models.report import Report

__all__ = ["Contract", "ContractEvent", "ContractLine", "Entry", "Inspection", "Reading", "Report", "WorkOrder"]
