"""麻醉药品和第一类精神药品处方资格: granted by the institution for its own prescriptions, reported to the authority.

麻醉药品和精神药品管理条例 第三十八条; 处方管理办法 第十一条. It never holds in a second institution.
"""

from __future__ import annotations

from yizheng.kernel.statutes import narcotics_regulation, prescription_rules
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.bases.levels import Level
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import of_a_physician, trained_and_passed
from yizheng.systems.doctors.forms.special import TrainedStep
from yizheng.systems.doctors.special.item import GrantedByInstitution, checks_for


@declare
class NarcoticPrescriptions(GrantedByInstitution):
    """麻醉药品和第一类精神药品处方资格报送."""

    code = "sq_narcotic_rx"
    title = "麻醉药品和第一类精神药品处方资格报送"
    short_title = "麻精处方资格"
    articles = (narcotics_regulation(38), prescription_rules(11))
    types = ("narcotic_rx",)
    level = Level.CITY
    steps = (TrainedStep,)
    checks = checks_for(
        code,
        of_a_physician(narcotics_regulation(38)),
        trained_and_passed(prescription_rules(11)),
        kinds.not_for_oneself,
    )
