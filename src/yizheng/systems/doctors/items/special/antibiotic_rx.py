"""抗菌药物处方权: the institution grants the class that the title allows (抗菌药物临床应用管理办法 第二十四条)."""

from __future__ import annotations

from yizheng.kernel.statutes import antibiotic_rules
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import trained_and_passed
from yizheng.systems.doctors.forms.special import AntibioticStep
from yizheng.systems.doctors.special.item import GrantedByInstitution, checks_for


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
