"""The licence of an institution (医疗机构执业许可、诊所备案): what its original and duplicate print (医疗机构管理条例 第十六条、第十七条).

The scope of the authority that registers it is the ``authority_scope`` of the fact and decides where its doctors and nurses
are registered. What there may be several of stands beside it: names, parties, places, remarks, numbers.
"""

from __future__ import annotations

from datetime import date

from yizheng.disclosure.standings import Words as StandingWords
from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import ENDED, FILLED, HATCHED, Head, Naming, Told
from yizheng.registry.fields import AmountField, CodeField, CodesField, CountField, DayField, NumberField, TextField
from yizheng.registry.wording.words import Words
from yizheng.systems.institutions.register import INSTITUTIONS

LINE = "licence"
"""The line of the licence: an institution has one."""


_STATES = {
    "active": ("有效", "（正常执业）"),
    "filed": ("已备案", ""),
    "preparing": ("待批准", "（筹建）"),
    "check_due": ("已超期", "（应校验未校验）"),
    "check_suspended": ("暂停", "（暂缓校验）"),
    "closed_temp": ("暂停", "（停业）"),
    "suspended_penalty": ("暂停", "（停业整顿）"),
    "deregistered": ("已注销", ""),
    "revoked": ("吊销", ""),
    "filing_cancelled": ("已注销", "（备案）"),
}
STRUCK_OFF = frozenset({"deregistered", "revoked", "filing_cancelled"})


def standing_words(version: InstitutionLicence | None, on: date) -> StandingWords:
    """The words of the face for how a licence stands; without one, that there is none."""
    if version is None:
        return StandingWords("无此项", "（没有登记）", "没有登记，不得执业", "")
    word, detail = _STATES.get(version.status, ("无此项", f"（{version.status_name}）"))
    verdict = "可以执业" if version.may_practise else f"{version.status_name}，不得执业"
    return StandingWords(word, detail, verdict, "", version.may_practise)


def _look(version: InstitutionLicence) -> str:
    if version.may_practise:
        return FILLED
    return ENDED if version.status in STRUCK_OFF else HATCHED


def _changed(words: Words, version: InstitutionLicence, former: InstitutionLicence) -> str:
    """The new status, or which entries changed."""
    if version.status != former.status:
        return version.status_name
    changed = [
        str(each.verbose_name)
        for each in version.typed_fields()
        if words.value(version, each.name) != words.value(former, each.name)
    ]
    return f"变更{'、'.join(changed[:MOST_NAMED])}{'等' * (len(changed) > MOST_NAMED)}" if changed else "变更登记"


MOST_NAMED = 3
"""How many changed entries a headline names."""


class InstitutionLicence(VisibleState):
    """What the licence or the filing says over a period, as a whole; subjects and beds are those of all places together."""

    register = INSTITUTIONS
    label = "执业许可"
    order, weight, drawn = 0, 0, _look
    naming = Naming("name")
    told = Told("{name}　{state_word}", begins="登记", changes=_changed, ends=_changed)
    head = Head(
        standing_words,
        rank=lambda each: each.line,
        rows=(
            ("类型", "{kind}", ""),
            ("机构类别", "{category}", ""),
            ("级别等次", "{level}　{grade}　{graded_on} 评审", ""),
            ("所有制形式", "{ownership}　{economic_type}", ""),
            ("经营性质", "{business_nature}　{affiliation}", ""),
            ("统一社会信用代码", "{uscc}", ""),
            ("地址", "{address}　{district}　{postcode}", ""),
            ("服务对象", "{service_objects}", ""),
            ("服务方式", "{service_modes}", ""),
            ("床位、牙椅、观察床", "{beds} 张，{dental_chairs} 张，{observation_beds} 张", ""),
            ("人员", "职工 {staff_total} 人　卫生技术人员 {health_staff} 人", ""),
            ("注册资金（资本）", "{capital} 万元", ""),
            ("面积", "占地 {site_area} 平方米　建筑 {floor_area} 平方米　业务用房 {business_area} 平方米", ""),
            ("诊疗科目", "{subjects}", ""),
            ("许可证有效期", "{term_from} 至 {term_to}", ""),
            ("登记机关", "{office}　{issued_on} 发证", ""),
        ),
        number="known_as",
        number_label="登记号",
    )

    kind = CodeField("登记备案类型", 20, table="registration_kind", public=True)
    name = TextField("机构名称", 200, public=True, printed=True)
    registration_number = NumberField("登记号", 22, blank=True, public=True, printed=True)
    filing_number = NumberField("备案编号", 40, blank=True, public=True, printed=True)
    uscc = NumberField("统一社会信用代码", 18, blank=True)
    category = CodeField("机构类别", 12, table="institution_category", public=True, printed=True)
    level = CodeField("级别", 1, table="institution_level", default="9", public=True)
    grade = CodeField("等次", 1, table="institution_class", default="9", public=True)
    graded_on = DayField("评审日期", null=True, public=True)
    ownership = CodeField("所有制形式", 1, table="ownership_form", blank=True, printed=True)
    economic_type = CodeField("经济类型", 2, table="economic_type", blank=True)
    business_nature = CodeField("经营性质", 1, table="institution_business_nature", public=True, printed=True)
    affiliation = CodeField("隶属关系", 2, table="institution_affiliation", blank=True)
    subjects = CodesField("诊疗科目", 10, table="clinical_subject", public=True, printed=True)
    service_objects = CodesField("服务对象", 1, table="service_object", default=list, public=True, printed=True)
    service_modes = CodesField("服务方式", 1, table="service_mode", default=list, public=True, printed=True)
    beds = CountField("床位", default=0, unit="张", public=True, printed=True)
    dental_chairs = CountField("牙椅", default=0, unit="张", public=True, printed=True)
    observation_beds = CountField("观察床", default=0, unit="张")
    staff_total = CountField("职工人数", null=True, unit="人")
    health_staff = CountField("卫生技术人员", null=True, unit="人")
    capital = AmountField("注册资金（资本）", null=True, unit="万元", max_digits=14, decimal_places=2, printed=True)
    site_area = AmountField("占地面积", null=True, unit="平方米", max_digits=12, decimal_places=2)
    floor_area = AmountField("建筑面积", null=True, unit="平方米", max_digits=12, decimal_places=2)
    business_area = AmountField("业务用房面积", null=True, unit="平方米", max_digits=12, decimal_places=2)
    district = CodeField("所在区", 6, table="district", public=True)
    address = TextField("地址", 200, public=True, printed=True)
    postcode = NumberField("邮政编码", 6, blank=True)
    issued_on = DayField("发证日期", null=True, public=True, printed=True)
    term_from = DayField("有效期自", null=True, public=True, printed=True)
    term_to = DayField("有效期至", null=True, public=True, printed=True)
    status = CodeField("状态", 20, table="institution_status", default="active", public=True)

    class Meta:
        verbose_name = "医疗机构许可"
        db_table = "institutions_licence"

    @property
    def known_as(self) -> str:
        """The number people know it by: the registration number, or that of the filing."""
        return self.registration_number or self.filing_number

    @property
    def may_practise(self) -> bool:
        """Whether doctors may practise there while the licence stands so."""
        return table("institution_status")[self.status].attributes["may_practise"] == "1"

    @property
    def status_name(self) -> str:
        """The status in words."""
        return table("institution_status")[self.status].name

    @property
    def standing(self) -> StandingWords:
        """How the licence stands, as a state of the face."""
        return standing_words(self, self.valid_from)

    @property
    def state_word(self) -> str:
        """The state word alone."""
        return self.standing.state
