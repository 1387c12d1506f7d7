"""放射工作人员证: of age, examined and trained; trained again at most every two years (放射工作人员职业健康管理办法)."""

from __future__ import annotations

from yizheng.kernel.statutes import radiation_worker_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Material
from yizheng.systems.doctors.bases.levels import Level
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import trained_and_passed
from yizheng.systems.doctors.forms.special import RadiationStep
from yizheng.systems.doctors.special.item import TRAINING_PROOF, SpecialLicence, checks_for


@declare
class RadiationWorker(SpecialLicence):
    """放射工作人员证."""

    code = "sq_radiation"
    title = "放射工作人员证核发"
    short_title = "放射工作人员证"
    collective = True
    articles = (radiation_worker_rules(5), radiation_worker_rules(8))
    types = ("radiation_worker",)
    details = "radiation_work"
    level = Level.DISTRICT
    certificate = "radiation_worker"
    steps = (RadiationStep,)
    materials = (TRAINING_PROOF, Material("health", "职业健康检查报告", "由有资质的机构出具"))
    checks = checks_for(
        code,
        kinds.of_age_for_radiation,
        trained_and_passed(radiation_worker_rules(6)),
        kinds.trained_within_two_years,
        kinds.examined_within_two_years,
    )
