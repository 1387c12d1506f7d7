"""婚前医学检查人员考核: the State Council's text of 2023 gives it to the county; older ones to the city, so the level is dated data."""

from __future__ import annotations

from yizheng.kernel.statutes import maternal_law, maternal_measures
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.bases import levels
from yizheng.systems.doctors.checks.special.general import trained_and_passed
from yizheng.systems.doctors.forms.special import TrainedStep
from yizheng.systems.doctors.special.item import SpecialLicence, checks_for


@declare
class Premarital(SpecialLicence):
    """婚前医学检查人员考核."""

    code = "sq_mch_premarital"
    title = "婚前医学检查人员考核"
    short_title = "婚前医学检查考核"
    articles = (maternal_law(33, 2), maternal_measures(35))
    types = ("mch_premarital",)
    level_rule = levels.PREMARITAL.code
    certificate = "mch_staff"
    steps = (TrainedStep,)
    checks = checks_for(
        code,
        trained_and_passed(maternal_law(33, 2)),
    )
