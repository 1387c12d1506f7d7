"""What is wrong with the name somebody wants for an institution, and who must approve it (细则第四十条至第四十四条).

A name is an identifying part and behind it a generic name of the list. Each rule is a pure function that yields the word it
found; the result is advice to a reviewer, with its article. Names of internet hospitals follow 互联网医院办法第十条.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import area_names
from yizheng.kernel.names.folding import fold_character, is_han
from yizheng.kernel.statutes import Article, institution_rules, internet_hospital_rules
from yizheng.systems.institutions.categories import rule_of
from yizheng.systems.institutions.naming.disciplines import unregistered
from yizheng.systems.institutions.naming.words import GAP, any_of, word_list

CENTRE = "中心"
INTERNET_HOSPITAL = "互联网医院"
GOVERNMENT = "government"
_INTERNET_NOT_JUDGED = frozenset({"G2", "R1", "R2", "P1", "F4"})


def plain(text: str) -> str:
    """A name as names are compared here: one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a name: its code, the word that shows it, the sentence for a person, and the article."""

    code: str
    word: str
    sentence: str
    article: Article


@dataclass(frozen=True)
class WantedName:
    """A name that is asked for, and what it is judged by."""

    name: str
    category: str
    founder_kind: str
    founder_name: str = ""
    subjects: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    internet: str = ""
    """Empty, or which kind of internet hospital: second, partner, independent."""
    host_name: str = ""
    partner_name: str = ""

    @cached_property
    def whole(self) -> str:
        """The name in one width, without blanks."""
        return plain(self.name)

    @cached_property
    def generic(self) -> str:
        """The longest listed generic name at the end; empty when there is none."""
        listed = (code.name for code in codes.table("institution_generic_name").items())
        return max((each for each in listed if self.whole.endswith(each)), key=len, default="")

    @cached_property
    def identifying(self) -> str:
        """What stands before the generic name."""
        return self.whole.removesuffix(self.generic)

    @cached_property
    def judged(self) -> str:
        """The identifying part in simplified characters without the founder's own name."""
        founder = plain(self.founder_name)
        text = self.identifying.replace(founder, GAP) if founder else self.identifying
        return "".join(map(_simplified, text))

    @cached_property
    def by_government(self) -> bool:
        """Whether a government founds it."""
        return self.founder_kind == GOVERNMENT

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong with it."""
        return tuple(
            Fault(code, word or "", sentence.format(word=word or ""), article)
            for code, (rule, sentence, article) in _RULES.items()
            if not (self.internet and code in _INTERNET_NOT_JUDGED) and (word := rule(self)) is not None
        )

    @property
    def approval(self) -> str:
        """Who beyond the registering authority must approve it (细则第四十三条、第四十四条); empty when nobody."""
        found = {fault.code for fault in self.faults}
        if found & {"N1", "R2"}:
            return "national_tcm" if rule_of(self.category).chinese_medicine else "national"
        return "province" if "G4" in found else ""


def _simplified(character: str) -> str:
    return fold_character(character) if is_han(character) else character


def _no_generic_name(wanted: WantedName) -> str | None:
    return None if wanted.generic else wanted.whole


def _unfitting_generic_name(wanted: WantedName) -> str | None:
    fitting = rule_of(wanted.category).generic_names
    if not wanted.generic or wanted.generic == CENTRE or not fitting or wanted.generic in fitting:
        return None
    return wanted.generic


def _nothing_before(wanted: WantedName) -> str | None:
    return wanted.generic if wanted.generic and not wanted.identifying else None


def _generic_centre(wanted: WantedName) -> str | None:
    return CENTRE if wanted.generic == CENTRE else None


def _centre_inside(wanted: WantedName) -> str | None:
    return CENTRE if CENTRE in wanted.judged else None


@cache
def _known_divisions() -> re.Pattern[str]:
    named = (name for name in area_names().values() if len(name) > 2 and name[-1] in "区县市旗" and name != "市辖区")
    return re.compile(any_of(named))


def _division(text: str) -> str | None:
    known = _known_divisions().search(text)
    return known.group() if known else word_list("divisions").find(text) or None


def _division_without_government(wanted: WantedName) -> str | None:
    return None if wanted.by_government else _division(wanted.judged)


def _government_without_division(wanted: WantedName) -> str | None:
    return wanted.whole if wanted.by_government and not _division(wanted.identifying) else None


def _founder_missing(wanted: WantedName) -> str | None:
    founder = plain(wanted.founder_name)
    if wanted.by_government or (founder and founder in wanted.whole):
        return None
    return founder


def _foreign_letters(wanted: WantedName) -> str | None:
    found = "".join(sign for sign in wanted.identifying if sign.isalpha() and not is_han(sign))
    return found or None


def _from_list(name: str) -> Callable[[WantedName], str | None]:
    return lambda wanted: word_list(name).find(wanted.judged) or None


def _unregistered_discipline(wanted: WantedName) -> str | None:
    subjects = [plain(each) for each in wanted.subjects]
    goods_left_out = word_list("device_or_drug").without(wanted.judged)
    return unregistered(goods_left_out, subjects, wanted.category) or None


def _taken(wanted: WantedName) -> str | None:
    return wanted.whole if wanted.whole in map(plain, wanted.existing) else None


def _not_the_internet_form(wanted: WantedName) -> str | None:
    required = {
        "second": wanted.host_name,
        "partner": wanted.host_name + wanted.partner_name,
        "independent": wanted.founder_name,
    }.get(wanted.internet)
    if required is None or wanted.whole == plain(required) + INTERNET_HOSPITAL:
        return None
    return plain(required) + INTERNET_HOSPITAL


_Rule = tuple[Callable[[WantedName], str | None], str, Article]
_RULES: dict[str, _Rule] = {
    "G1": (_no_generic_name, "名称的最后应为通用名称（医院、门诊部、诊所等），请补上", institution_rules(40)),
    "G2": (_unfitting_generic_name, "通用名称“{word}”与机构类别不相适应，请改用该类别的通用名称", institution_rules(41)),
    "G3": (_nothing_before, "通用名称“{word}”之前没有识别名称，请补上", institution_rules(40)),
    "G4": (_generic_centre, "以“中心”作通用名称的，须由省级以上机关核准", institution_rules(44)),
    "C1": (_centre_inside, "识别名称中含有“中心”，须按省级规定核准", institution_rules(44)),
    "R1": (_division_without_government, "非政府设置的机构不得含有行政区划名称“{word}”", institution_rules(41)),
    "R2": (_government_without_division, "政府设置的机构应当含有行政区划名称，不含的须由国家核准", institution_rules(44)),
    "P1": (_founder_missing, "名称应当含有设置单位名称或者个人姓名{word}", institution_rules(41)),
    "F1": (_foreign_letters, "不得使用外文字母、汉语拼音“{word}”", institution_rules(42)),
    "F2": (_from_list("device_or_drug"), "不得以医疗仪器、药品、医用产品“{word}”命名", institution_rules(42)),
    "F3": (_from_list("boast"), "“{word}”宣传或者暗示诊疗效果，不得使用", institution_rules(42)),
    "F4": (_unregistered_discipline, "“{word}”超出登记的诊疗科目和机构类别", institution_rules(42)),
    "N1": (_from_list("beyond_the_province"), "含有“{word}”的名称须由国家核准", institution_rules(43)),
    "U1": (_taken, "“{word}”已有机构使用", institution_rules(40)),
    "I1": (_not_the_internet_form, "互联网医院的名称应为“{word}”", internet_hospital_rules(10)),
}  # fmt: skip


def codes_of(faults: Iterable[Fault]) -> frozenset[str]:
    """The codes of some faults."""
    return frozenset(fault.code for fault in faults)
