"""What is dated and changed by people, not by programs: values of rules, years of the calendar, promised periods.

Loading the package declares the two acts that need a second person and the job that follows a new calendar.
"""

from yizheng.licensing.rule_settings import load_year, promise, recomputing, set_rule
from yizheng.licensing.rule_settings.two_persons import Refused

__all__ = ["Refused", "load_year", "promise", "recomputing", "set_rule"]
