"""Which level decides on a business that the texts give to several: dated data, because Beijing may move it any day.

港澳医师短期行医规定 第五条 and 外国医师短期行医办法 第八条 name the level of a city divided into districts or above, and
Beijing may entrust its districts; on 婚前医学检查 three texts give three answers (母婴保健法实施办法 第三十五条: the county).
"""

import enum
from datetime import date

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import foreign_doctor_rules, hk_macau_rules, maternal_measures
from yizheng.licensing.rules import declare_rule, value
from yizheng.people.kinds import ScopeKind
from yizheng.people.scopes import city, jurisdiction
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.item import office

TCM = "TCM"
"""The code of the city's administration of Chinese medicine."""


class Level(enum.IntEnum):
    """Where a business is decided."""

    CITY = 1
    """北京市卫生健康委员会；中医类别为北京市中医管理局"""
    LICENSOR = 2
    """登记该机构的机关"""
    DISTRICT = 3
    """机构所在区"""


_MEANING = "（1 市级，2 机构的登记机关，3 机构所在区）"

HMT_SHORT_TERM = declare_rule(
    "levels.hmt_short_term", f"港澳台医师短期行医的决定层级{_MEANING}", 1, "", hk_macau_rules(5),
    doubtful=True, limits=(1, 3),
)  # fmt: skip
FOREIGN_SHORT_TERM = declare_rule(
    "levels.foreign_short_term", f"外国医师短期行医的决定层级{_MEANING}", 1, "", foreign_doctor_rules(8),
    doubtful=True, limits=(1, 3),
)  # fmt: skip
PREMARITAL = declare_rule(
    "levels.premarital_examination", f"婚前医学检查人员的决定层级{_MEANING}", 3, "", maternal_measures(35),
    doubtful=True, limits=(1, 3),
)  # fmt: skip


def level(code: str, on: date) -> Level:
    """The level of the rule of this code as it stands on a day."""
    return Level(value(code, on))


def authority(at: Level, licence: InstitutionLicence, category: str = "") -> int:
    """Scope id of the authority that decides at the level about somebody at this institution.

    The city's office of Chinese medicine decides for the city in the categories of Chinese medicine.
    """
    if at is Level.CITY:
        return jurisdiction(TCM).pk if of_chinese_medicine(category) else city().pk
    return registering_office(licence, category) if at is Level.LICENSOR else jurisdiction(licence.district).pk


def registering_office(licence: InstitutionLicence, category: str) -> int:
    """Scope id of the authority that registers a doctor of the category at the institution: the one that licensed it.

    In the city the category decides and not the licence: doctors of Chinese medicine are registered by its
    administration (医师执业注册管理办法 第二十二条), wherever they practise.
    """
    licensor = office(licence.authority_scope)
    is_tcm = licensor.code == TCM
    of_the_city = is_tcm or licensor.kind == ScopeKind.CITY
    if not category or not of_the_city or of_chinese_medicine(category) == is_tcm:
        return licensor.pk
    return authority(Level.CITY, licence, category)


def of_chinese_medicine(category: str) -> bool:
    """Whether a category is registered by the office of Chinese medicine."""
    found = table("practice_category").get(category)
    return found is not None and found.attributes["register"] == "tcm"
