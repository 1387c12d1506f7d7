"""计算器: every formula and rule that can be asked without a page, declared once; pages call the same functions."""

from yizheng.kernel.calculators.declaring import Answer, Calculator, Row, calculator, calculators, find
from yizheng.kernel.calculators.failures import BadInput

__all__ = ["Answer", "BadInput", "Calculator", "Row", "calculator", "calculators", "find"]
