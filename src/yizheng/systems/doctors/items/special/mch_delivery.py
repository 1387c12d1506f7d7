"""助产、结扎手术、终止妊娠手术人员考核: by the district where the institution is (母婴保健法 第三十三条第二款; 实施办法 第三十五条)."""

from __future__ import annotations

from yizheng.kernel.statutes import maternal_law, maternal_measures
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.bases.levels import Level
from yizheng.systems.doctors.checks.special.general import trained_and_passed
from yizheng.systems.doctors.forms.special import DeliveryStep
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
