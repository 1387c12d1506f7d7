"""专项资格 of nurses: 助产技术, without which no nurse works as a midwife (母婴保健法实施办法 第三十五条).

The district examines who gives midwifery services. The certificate is the one that doctors get, and holds beside the registration.
"""

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, maternal_measures, nurse_regulation
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, radio
from yizheng.systems.nurses.item import PERMITTED, NurseItem, OfNurses
from yizheng.systems.nurses.models import NurseSpecialQualification
from yizheng.systems.practitioners.levels import Level
from yizheng.systems.practitioners.models.special_qualification import TYPES
from yizheng.systems.practitioners.special import ending, granting
from yizheng.systems.practitioners.special.public import told

MIDWIFERY = "mch_midwifery"
MIDWIFERY_LICENCE = maternal_measures(35, 3)
SHOWN = told(
    NurseSpecialQualification, MIDWIFERY, "助产技术考核合格证书", lambda held: f"有效期至{long_date(held.valid_until)}"
)
"""What the public is told of it."""


@declare
class MidwiferyLicence(granting.SpecialLicence, OfNurses):
    """护士助产技术人员考核."""

    code, title, short_title = "nurse_midwifery", "护士助产技术人员考核", "助产技术考核"
    articles, level = (MIDWIFERY_LICENCE,), Level.DISTRICT
    kind, types, certificate = NurseSpecialQualification, (MIDWIFERY,), granting.MCH_STAFF.code
    steps = (granting.TrainedStep,)
    checks = (
        PERMITTED.status_permits(code),
        granting.practises_there("N-SQ01", nurse_regulation(9)),
        granting.institution_in_force("N-SQ02"),
        granting.not_held_yet("N-SQ03", MIDWIFERY_LICENCE),
        granting.trained_and_passed("N-SQ04", MIDWIFERY_LICENCE),
    )


class NurseEndingStep(ending.SpecialEndingStep):
    """The one type of nurses, and the grounds all registers share."""

    type = coded(TYPES, "专项类型", only=lambda code: code.code == MIDWIFERY)
    ground = radio("终止的理由", tuple(ending.GROUNDS.items()))


@declare
class SpecialEnding(ending.SpecialEnding, NurseItem):
    """依职权终止护士专项资格."""

    code, title, short_title = "nurse_special_ending", "依职权终止护士专项资格", "终止专项资格"
    articles = (licensing_law(70), MIDWIFERY_LICENCE)
    kind, steps = NurseSpecialQualification, (NurseEndingStep,)
    checks = (PERMITTED.status_permits(code), ending.stands("N-SQ11"))
