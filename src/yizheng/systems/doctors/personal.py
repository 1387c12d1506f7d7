"""A doctor's own data and her certificate printed again (医师法 第十八条; 医师执业注册管理办法 第三章).

The identity follows the qualification, whose number contains it and whose data are corrected first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.people.canonical import IdentifierKind
from yizheng.systems.doctors.certificates import scope_words
from yizheng.systems.doctors.item import RegisteredItem
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners import certificate_reissue, info_change
from yizheng.systems.practitioners.certificate_reissue import certificate_in_force, loss_is_told
from yizheng.systems.practitioners.info_change import EducationChangeStep, PersonChanging, something_changes
from yizheng.systems.practitioners.numbers_of_person import agrees
from yizheng.systems.practitioners.places import place_name


@declare
class CertificateReissue(certificate_reissue.CertificateReissue, RegisteredItem):
    """医师执业证书补证、换证."""

    code, title = "doctor_certificate_reissue", "医师执业证书补证换证"
    certificate_name, number_name = "医师执业证书", "编码"
    checks = (status_permits(code), kept_here, certificate_in_force("D-C01"), loss_is_told("D-C02"))


class PersonChangeStep(info_change.PersonChangeStep):
    """The name follows the qualification data."""

    name = NameField(label="姓名", max_length=50, help_text="与公安机关证明一致；须先修改医师资格数据")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorChanging(PersonChanging):
    """A doctor, what the register says of her, what it is asked to say, and what the qualification data says."""

    qualified_name: str = ""
    """The name in the qualification data; empty where she holds none."""
    qualified_sex: str = ""
    number_agrees: bool | None = None
    """Whether the identity number typed is the one the qualification data was brought to."""


@check("D-PI02", physicians_law(12), title="身份信息已先在医师资格数据中修改", needs=("person_change",))
def qualification_first(person: DoctorChanging, on: date) -> Iterator[Finding]:
    """The qualification number contains the identity: its data are corrected first, the registration follows."""
    if person.qualified_name and person.name and person.name != person.qualified_name:
        sentence = f"医师资格数据中的姓名为“{person.qualified_name}”，请先办理医师资格信息修改"
        yield refuse("person_change.name", sentence)
    if person.qualified_sex and person.sex and person.sex != person.qualified_sex:
        yield refuse("person_change.sex", "性别与医师资格数据不一致，请先办理医师资格信息修改")
    if person.number_agrees is False:
        yield refuse("person_change.id_number", "证件号码与医师资格数据不一致，请先办理医师资格信息修改")


@declare
class InfoChange(info_change.InfoChange, RegisteredItem):
    """医师个人信息变更."""

    code, title = "doctor_info_change", "医师个人信息变更"
    articles = (physicians_law(18), licensing_law(49))
    steps = (PersonChangeStep, EducationChangeStep)
    checks = (status_permits(code), kept_here, something_changes("D-PI01", physicians_law(18)), qualification_first)

    def gather(self, answers: Answers, subject_id: int, on: date) -> DoctorChanging:
        """What is asked for beside what the register and the qualification data say."""
        held = self.held(subject_id, on)
        qualified = held.qualification_for()
        return DoctorChanging(
            **self.changing(held, answers, subject_id),
            qualified_name="" if qualified is None else qualified.holder_name,
            qualified_sex="" if qualified is None else qualified.holder_sex,
            number_agrees=agrees(subject_id, IdentifierKind.RESIDENT_ID, answers.text("person_change", "id_number")),
        )

    def agreed(self, held: Held) -> Mapping[str, Any]:
        """The birth date of the qualification data."""
        qualified = held.qualification_for()
        born = None if qualified is None else qualified.holder_birth_date
        return {} if born is None else {"birth_date": born}

    def reprinted(self, held: Held, printed: Mapping[str, Any], number: str) -> Mapping[str, Any]:
        """Scope and place; in the qualification number the new identity number, behind its first nine places."""
        assert held.main is not None
        now = {"scope": scope_words(held.main), "place": place_name(held.main.place)}
        return now | {"qualification_number": f"{printed['qualification_number'][:9]}{number}"} if number else now
