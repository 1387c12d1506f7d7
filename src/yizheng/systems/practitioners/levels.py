"""Which level decides on a business: the city, the authority that licensed the institution, or its district.

Where the texts give it to several, the level is dated data, because Beijing may move it any day.
"""

import enum
from datetime import date
from typing import ClassVar

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import Article
from yizheng.licensing.answers import Answers
from yizheng.licensing.rules import declare_rule, value
from yizheng.people.kinds import ScopeKind
from yizheng.people.scopes import city, jurisdiction
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.item import PractitionerItem, office

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


def level_rule(code: str, what: str, at: Level, article: Article) -> str:
    """Declare the dated rule that names the level of a business, first this one; returns its code."""
    title = f"{what}的决定层级{_MEANING}"
    return declare_rule(code, title, at, "", article, doubtful=True, limits=(1, 3)).code


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


class LevelItem(PractitionerItem):
    """An item decided at a level, about somebody at the institution that the form names."""

    level: ClassVar[Level] = Level.LICENSOR
    level_rule: ClassVar[str] = ""
    """The dated rule that names the level, where the texts leave it open."""

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority of the level, of Chinese medicine where the form asks for a category of it."""
        licence = self.chosen(answers, on)
        at = level(self.level_rule, on) if self.level_rule else self.level
        category = answers.text(self.institution_step, "category")
        return None if licence is None else authority(at, licence, category)
