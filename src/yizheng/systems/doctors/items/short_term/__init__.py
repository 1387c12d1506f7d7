"""The business items of short-term practice, one a file."""

from yizheng.systems.doctors.items.short_term.ex_officio_ending import ShortTermExOfficioEnding
from yizheng.systems.doctors.items.short_term.foreign_cancel import ForeignShortTermCancel
from yizheng.systems.doctors.items.short_term.foreign_permit import ForeignShortTermPermit
from yizheng.systems.doctors.items.short_term.foreign_reissue import ForeignShortTermReissue
from yizheng.systems.doctors.items.short_term.foreign_renewal import ForeignShortTermRenewal
from yizheng.systems.doctors.items.short_term.foreign_team_permit import ForeignTeamPermit
from yizheng.systems.doctors.items.short_term.hmt_change import HmtChange
from yizheng.systems.doctors.items.short_term.hmt_deregistration import HmtDeregistration
from yizheng.systems.doctors.items.short_term.hmt_registration import HmtRegistration
from yizheng.systems.doctors.items.short_term.hmt_reissue import HmtReissue

__all__ = [
    "ForeignShortTermCancel",
    "ForeignShortTermPermit",
    "ForeignShortTermReissue",
    "ForeignShortTermRenewal",
    "ForeignTeamPermit",
    "HmtChange",
    "HmtDeregistration",
    "HmtRegistration",
    "HmtReissue",
    "ShortTermExOfficioEnding",
]
