"""依职权注销 的理由: which ground of the rules, and when it came about; the clerk writes the facts beside it."""

from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step


class ShortTermGroundStep(Step):
    """The ground on which a short-term practice is ended."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("short_term_ending_reason", "注销原因")
    happened_on = day("情形发生日期")


class VillageGroundStep(Step):
    """The ground on which a village doctor's registration is ended."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("village_ending_reason", "注销原因")
    happened_on = day("情形发生日期")
