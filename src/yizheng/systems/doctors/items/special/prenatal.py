"""产前诊断医师资格认定: physicians of a middle title and above who were trained for it (母婴保健法 第三十三条第一款)."""

from __future__ import annotations

from yizheng.kernel.statutes import maternal_law, maternal_measures
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.bases.levels import Level
from yizheng.systems.doctors.checks.special.general import of_a_physician, titled_at_least, trained_and_passed
from yizheng.systems.doctors.forms.special import TrainedStep
from yizheng.systems.doctors.special.item import SpecialLicence, checks_for


@declare
class PrenatalDiagnosis(SpecialLicence):
    """产前诊断医师资格认定."""

    code = "sq_prenatal"
    title = "产前诊断医师资格认定"
    short_title = "产前诊断医师"
    articles = (maternal_law(33, 1), maternal_measures(35))
    types = ("mch_prenatal",)
    level = Level.CITY
    certificate = "mch_staff"
    steps = (TrainedStep,)
    checks = checks_for(
        code,
        of_a_physician(maternal_law(33, 1)),
        titled_at_least("中级", maternal_law(33, 1)),
        trained_and_passed(maternal_law(33, 1)),
    )
