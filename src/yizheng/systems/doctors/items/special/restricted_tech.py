"""限制类医疗技术医师培训登记: who works with a restricted technique was trained and passed (医疗技术临床应用管理办法)."""

from __future__ import annotations

from yizheng.kernel.statutes import technology_rules
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.checks.special.general import of_a_physician, trained_and_passed
from yizheng.systems.doctors.forms.special import TechniqueStep
from yizheng.systems.doctors.special.item import SpecialFiling, checks_for


@declare
class RestrictedTechnique(SpecialFiling):
    """限制类医疗技术医师培训登记."""

    code = "sq_restricted_tech"
    title = "限制类医疗技术医师培训登记"
    short_title = "限制类技术"
    collective = True
    articles = (technology_rules(11),)
    types = ("restricted_tech",)
    details = "restricted_technology"
    steps = (TechniqueStep,)
    checks = checks_for(code, of_a_physician(technology_rules(11)), trained_and_passed(technology_rules(11)))
