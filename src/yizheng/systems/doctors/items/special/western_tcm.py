"""中西医技术互用培训登记: western doctors with Chinese medicine, doctors of Chinese medicine with western techniques.

医师法 第十四条; 北京市中医药条例 第二十四条: after systematic training and examination.
"""

from __future__ import annotations

from yizheng.kernel.statutes import beijing_tcm_regulation, physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import of_a_physician, trained_and_passed
from yizheng.systems.doctors.forms.special import CombinedStep
from yizheng.systems.doctors.special.item import TRAINING_PROOF, SpecialFiling, checks_for


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
