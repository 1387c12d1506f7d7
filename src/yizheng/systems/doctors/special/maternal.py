"""产前诊断医师资格认定: physicians of a middle title and above who were trained for it (母婴保健法 第三十三条第一款).

助产、结扎手术、终止妊娠手术人员考核: by the district where the institution is (母婴保健法 第三十三条第二款; 实施办法 第三十五条).

遗传病诊断、产前诊断人员考核: by the province's authority, for three years (母婴保健法 第三十三条第一款; 实施办法 第三十五条).

婚前医学检查人员考核: the State Council's text of 2023 gives it to the county; older ones to the city, so the level is dated data.
"""

from __future__ import annotations

from yizheng.kernel.statutes import maternal_law, maternal_measures
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors import levels
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.special.form import DeliveryStep, GeneticStep, TrainedStep
from yizheng.systems.doctors.special.general import of_a_physician, titled_at_least, trained_and_passed
from yizheng.systems.doctors.special.item import SpecialLicence, checks_for


@declare
class Delivery(SpecialLicence):
    """助产、结扎手术、终止妊娠手术人员考核."""

    code = "sq_mch_delivery_sterilization_termination"
    title = "助产、结扎手术、终止妊娠手术人员考核"
    short_title = "助产等人员考核"
    articles = (maternal_law(33, 2), maternal_measures(35))
    types = (
        "mch_midwifery",
        "mch_sterilization",
        "mch_termination",
    )
    level = Level.DISTRICT
    certificate = "mch_staff"
    steps = (DeliveryStep,)
    checks = checks_for(
        code,
        trained_and_passed(maternal_law(33, 2)),
    )


@declare
class GeneticPrenatal(SpecialLicence):
    """遗传病诊断、产前诊断人员考核."""

    code = "sq_mch_genetic_prenatal"
    title = "遗传病诊断、产前诊断人员考核"
    short_title = "遗传、产前诊断考核"
    articles = (maternal_law(33, 1), maternal_measures(35))
    types = (
        "mch_genetic",
        "mch_prenatal",
    )
    level = Level.CITY
    certificate = "mch_staff"
    steps = (GeneticStep,)
    checks = checks_for(
        code,
        of_a_physician(maternal_law(33, 1)),
        trained_and_passed(maternal_law(33, 1)),
    )


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
