"""健康体检主检医师备案: an internist or a surgeon with a senior title (健康体检管理暂行规定 第四条)."""

from __future__ import annotations

from yizheng.kernel.statutes import checkup_provisions
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import of_a_physician, titled_at_least
from yizheng.systems.doctors.forms.special import SpecialStep
from yizheng.systems.doctors.special.item import LETTER, TITLE_PROOF, SpecialFiling, checks_for


@declare
class CheckupChief(SpecialFiling):
    """健康体检主检医师备案."""

    code = "sq_checkup_chief"
    title = "健康体检主检医师备案"
    short_title = "体检主检备案"
    collective = True
    articles = (checkup_provisions(4),)
    types = ("checkup_chief",)
    steps = (SpecialStep,)
    materials = (TITLE_PROOF, LETTER)
    checks = checks_for(
        code,
        of_a_physician(checkup_provisions(4)),
        titled_at_least("副高", checkup_provisions(4)),
        kinds.of_internal_medicine_or_surgery,
    )
