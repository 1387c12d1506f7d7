"""遗传病诊断、产前诊断人员考核: by the province's authority, for three years (母婴保健法 第三十三条第一款; 实施办法 第三十五条)."""

from __future__ import annotations

from yizheng.kernel.statutes import maternal_law, maternal_measures
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.bases.levels import Level
from yizheng.systems.doctors.checks.special.general import of_a_physician, trained_and_passed
from yizheng.systems.doctors.forms.special import GeneticStep
from yizheng.systems.doctors.special.item import SpecialLicence, checks_for


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
