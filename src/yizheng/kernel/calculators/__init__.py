"""计算器: every formula and rule that can be asked without a page, declared once; pages call the same functions."""

from yizheng.kernel.calculators.columns import BadInput
from yizheng.kernel.calculators.declaring import Calculator, Row, calculator, calculators, find

__all__ = ["BadInput", "Calculator", "Row", "calculator", "calculators", "find"]
