"""外国医师来华短期行医许可: a foreign doctor treats at the hosts named, for a year at most (外国医师短期行医办法 第二条、第四条)."""

from __future__ import annotations

from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.short_term.foreign import ForeignPermitItem


@declare
class ForeignShortTermPermit(ForeignPermitItem):
    """外国医师来华短期行医许可."""

    code = "foreign_short_term_permit"
    title = "外国医师来华短期行医许可"
    short_title = "外国医师短期行医"
    english = "Short-term practice of a foreign doctor"
