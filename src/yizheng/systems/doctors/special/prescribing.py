"""中西医技术互用培训登记: western doctors with Chinese medicine, doctors of Chinese medicine with western techniques.

医师法 第十四条; 北京市中医药条例 第二十四条: after systematic training and examination.

抗菌药物处方权: the institution grants the class that the title allows (抗菌药物临床应用管理办法 第二十四条).

麻醉药品和第一类精神药品处方资格: granted by the institution for its own prescriptions, reported to the authority.

麻醉药品和精神药品管理条例 第三十八条; 处方管理办法 第十一条. It never holds in a second institution.
"""

from __future__ import annotations

from yizheng.kernel.statutes import (
    antibiotic_rules,
    beijing_tcm_regulation,
    narcotics_regulation,
    physicians_law,
    prescription_rules,
)
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.special import kinds
from yizheng.systems.doctors.special.form import AntibioticStep, CombinedStep, TrainedStep
from yizheng.systems.doctors.special.general import of_a_physician, trained_and_passed
from yizheng.systems.doctors.special.item import (
    TRAINING_PROOF,
    GrantedByInstitution,
    SpecialFiling,
    checks_for,
)


@declare
class AntibioticPrescriptions(GrantedByInstitution):
    """抗菌药物处方权报送."""

    code = "sq_antibiotic_rx"
    title = "抗菌药物处方权报送"
    short_title = "抗菌药物处方权"
    articles = (antibiotic_rules(24),)
    types = ("antibiotic_rx",)
    details = "antibiotic_class"
    steps = (AntibioticStep,)
    checks = checks_for(code, trained_and_passed(antibiotic_rules(24)), kinds.class_suits_title)


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


@declare
class WesternAndChinese(SpecialFiling):
    """中西医技术互用培训登记."""

    code = "sq_western_tcm"
    title = "中西医技术互用培训登记"
    short_title = "中西医互用"
    collective = True
    articles = (physicians_law(14), beijing_tcm_regulation(24))
    types = ("western_tcm",)
    details = "combined_medicine"
    steps = (CombinedStep,)
    materials = (TRAINING_PROOF,)
    checks = checks_for(
        code,
        of_a_physician(physicians_law(14)),
        trained_and_passed(beijing_tcm_regulation(24)),
        kinds.crosses_over,
    )
