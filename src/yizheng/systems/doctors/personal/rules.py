"""Personal data and the sheet of paper: reissuing a certificate, changing what the register says of the person.

医师执业注册管理办法 第三章; the identity follows the proof of the police and the qualification, whose number contains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned

LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateHolder(Concerned):
    """A doctor who needs her certificate made again."""

    has_certificate: bool = False
    reason: str = ""
    lost_on: date | None = None
    statement: str = ""


@check("D-C01", licensing_law(39), title="有有效的证书可以补发、换发")
def certificate_in_force(holder: CertificateHolder, on: date) -> Iterator[Finding]:
    """Only what is in force can be made again."""
    if not holder.has_certificate:
        yield refuse("", "没有有效的证书可以补发、换发")


@check("D-C02", licensing_law(39), title="遗失的写明遗失日期和经过", needs=("reissue",))
def loss_is_told(holder: CertificateHolder, on: date) -> Iterator[Finding]:
    """A lost certificate: when and how, and not in the future."""
    if holder.reason != LOST:
        return
    if holder.lost_on is None or not holder.statement:
        yield refuse("reissue.lost_on", "证书遗失的，请填写遗失日期和遗失经过")
    elif holder.lost_on > on:
        yield refuse("reissue.lost_on", "遗失日期晚于今天，请核对")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanging(Concerned):
    """A doctor, what the register says of her, and what it is asked to say."""

    name: str = ""
    sex: str = ""
    former_name: str = ""
    former_sex: str = ""
    qualified_name: str = ""
    """The name in the qualification data; empty where she holds none."""
    qualified_sex: str = ""
    number_agrees: bool | None = None
    """Whether the identity number typed is the one the qualification data was brought to."""
    changes_something: bool = False

    @property
    def changes_identity(self) -> bool:
        """Whether name, sex or number change, which the police must prove."""
        named = bool(self.name) and self.name != self.former_name
        sexed = bool(self.sex) and self.sex != self.former_sex
        return named or sexed or self.number_agrees is not None


def changes_identity(person: PersonChanging, on: date) -> bool:
    """Whether the proof of the police is asked for."""
    return person.changes_identity


@check("D-PI01", physicians_law(18), title="有需要变更的信息", needs=("person_change",))
def something_changes(person: PersonChanging, on: date) -> Iterator[Finding]:
    """An application that alters nothing is none."""
    if not person.changes_something:
        yield refuse("", "填写的内容与登记的一致，没有需要变更的信息")


@check("D-PI02", physicians_law(12), title="身份信息已先在医师资格数据中修改", needs=("person_change",))
def qualification_first(person: PersonChanging, on: date) -> Iterator[Finding]:
    """The qualification number contains the identity: its data are corrected first, the registration follows."""
    if person.qualified_name and person.name and person.name != person.qualified_name:
        sentence = f"医师资格数据中的姓名为“{person.qualified_name}”，请先办理医师资格信息修改"
        yield refuse("person_change.name", sentence)
    if person.qualified_sex and person.sex and person.sex != person.qualified_sex:
        yield refuse("person_change.sex", "性别与医师资格数据不一致，请先办理医师资格信息修改")
    if person.number_agrees is False:
        yield refuse("person_change.id_number", "证件号码与医师资格数据不一致，请先办理医师资格信息修改")
