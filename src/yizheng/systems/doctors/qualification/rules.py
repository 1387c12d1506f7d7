"""The data of a qualification: eight fields may be corrected and no other; what a certificate says, who lost it, who was annulled.

关于加强医师资格考试合格人员信息管理的通知 (卫办医政发〔2010〕1号); 医师法 第十二条、第五十四条.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.identifiers import check_qualification_number, sex_code_of
from yizheng.kernel.statutes import physicians_law, qualification_data_notice
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned

LATER_DEGREE = "later_degree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(Concerned):
    """Somebody who holds a qualification, as an item about it sees her."""

    holds: bool = False
    """Whether the qualification meant is in the register."""
    number_agrees: bool | None = None
    """Whether the certificate number typed is hers."""
    reason: str = ""
    lost_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Holder):
    """What the data say and what they are to say; an empty field stays as it is."""

    name: str = ""
    sex: str = ""
    birth_date: date | None = None
    education: str = ""
    school: str = ""
    major: str = ""
    identity_number: str = ""
    current_identity_number: str = ""
    identity_agrees: bool | None = None
    """Whether the present identity number typed is hers."""
    certificate_number: str = ""
    current_certificate_number: str = ""
    ground: str = ""

    @property
    def changes_identity(self) -> bool:
        """Whether the police must prove it."""
        return bool(self.name or self.sex or self.birth_date or self.identity_number)

    @property
    def changes_studies(self) -> bool:
        """Whether education, school or major change."""
        return bool(self.education or self.school or self.major)

    @property
    def changes_something(self) -> bool:
        """Whether any of the eight fields changes."""
        return self.changes_identity or self.changes_studies or bool(self.certificate_number)


def proves_identity(person: Correction, on: date) -> bool:
    """Whether the proof of the police is asked for."""
    return person.changes_identity


def proves_studies(person: Correction, on: date) -> bool:
    """Whether the diploma is asked for."""
    return person.changes_studies


@check("D-D01", physicians_law(12), title="医师资格在册，编码与本人一致")
def in_the_data(holder: Holder, on: date) -> Iterator[Finding]:
    """The qualification meant stands in the register and the number typed is hers."""
    if not holder.holds:
        yield refuse("", "医师资格库中没有这一级别的医师资格")
    if holder.number_agrees is False:
        yield refuse("current.qualification_number", "医师资格证书编码不是本人的，请按证书核对")


@check("D-D02", qualification_data_notice(1), title="有要修改的内容", needs=("correction",))
def corrects_something(person: Correction, on: date) -> Iterator[Finding]:
    """One of the eight fields at least."""
    if not person.changes_something:
        yield refuse("correction.name", "没有填写要修改的内容；只有八项信息可以修改")


@check("D-D03", qualification_data_notice(1), title="不因后取得的学历修改学历信息", needs=("correction",))
def no_later_degree(person: Correction, on: date) -> Iterator[Finding]:
    """The data keep the studies the examination was taken on."""
    if person.changes_studies and person.ground == LATER_DEGREE:
        yield refuse("correction.ground", "取得资格后又取得的学历，不能修改资格数据中的学历、学校和专业")


@check("D-D04", qualification_data_notice(1), title="修改后的身份信息与身份证一致", needs=("correction",))
def agrees_with_the_identity_card(person: Correction, on: date) -> Iterator[Finding]:
    """Birth date and sex are those in the identity number, and the present number is hers."""
    if person.identity_agrees is False:
        yield refuse("current.identity_number", "现证件号码与登记的不一致，请核对")
    number = person.identity_number or person.current_identity_number
    if len(number) != 18:
        return
    if person.birth_date is not None and person.birth_date.strftime("%Y%m%d") != number[6:14]:
        yield refuse("correction.birth_date", "出生日期与身份证号不一致")
    if person.sex and person.sex != sex_code_of(number):
        yield refuse("correction.sex", "性别与身份证号不一致")


@check("D-D05C", qualification_data_notice(1), title="类别、级别、取得时间不变", needs=("correction",))
def same_qualification(person: Correction, on: date) -> Iterator[Finding]:
    """A corrected number keeps year, province, level and category and contains the corrected identity number."""
    number = person.certificate_number
    if not number:
        if person.identity_number:
            yield refuse("correction.certificate_number", "身份证号修改后证书编码随之改变，请填写新的证书编码")
        return
    if number[:9] != person.current_certificate_number[:9]:
        yield refuse("correction.certificate_number", "证书编码的前九位（年份、省份、级别、类别）不能修改")
    inside = check_qualification_number(number).parts.get("resident_id", "")
    expected = person.identity_number or person.current_identity_number
    if inside and expected and inside != expected:
        yield refuse("correction.certificate_number", "证书编码所含身份证号与修改后的身份证号不一致")


@check("D-D06C", physicians_law(12), title="遗失的写明遗失日期", needs=("reissue",))
def loss_has_a_day(holder: Holder, on: date) -> Iterator[Finding]:
    """A lost certificate was lost on a day that has been."""
    if holder.reason != "lost":
        return
    if holder.lost_on is None:
        yield refuse("reissue.lost_on", "证书遗失的，请填写遗失日期")
    elif holder.lost_on > on:
        yield refuse("reissue.lost_on", "遗失日期晚于今天，请核对")
