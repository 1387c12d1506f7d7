"""The parts of the form of a change: which kinds, and what each is to be; a part appears for its kind alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.kernel.identifiers import check_uscc
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.rows_field import RowsField
from yizheng.licensing.fields import IdentifierField, ManyChoices, coded, day, many_coded
from yizheng.licensing.forms import Reason, Step
from yizheng.systems.institutions.changes import kinds
from yizheng.systems.institutions.record import steps
from yizheng.systems.institutions.record.steps import INTERNET, PlaceRow, amount, count, document_number, postcode


def kinds_of(offered: Iterable[str]) -> forms.MultipleChoiceField:
    """The kinds that are changed under a regime."""
    return forms.MultipleChoiceField(
        label="变更事项",
        choices=kinds.choices(offered),
        widget=ManyChoices,
        help_text="可以选多项；选好后保存，再填下面的各部分",
    )


class KindsStep(Step):
    """What is to change, and why."""

    code, title = "kinds", "变更事项"

    kinds = kinds_of(kinds.OF_LICENSED)
    grounds = forms.CharField(label="变更原因和理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class KindStep(Step):
    """A part that its kinds bring."""

    of: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def applies(cls, applicant: Any, on: date) -> bool:
        """Whether one of its kinds was chosen."""
        return bool(set(cls.of) & set(applicant.kinds))

    @classmethod
    def reason(cls, applicant: Any, on: date) -> Reason | None:
        """Which kinds brought it."""
        return Reason(f"变更{kinds.named(set(cls.of) & set(applicant.kinds))}")


class NameStep(KindStep):
    """Another name."""

    code, title, of = "name", "变更后的名称", (kinds.NAME,)

    name = forms.CharField(label="机构名称", max_length=200, help_text="识别名称加通用名称")


class AddressStep(KindStep):
    """Another place, or further ones."""

    code, title, of = "address", "变更后的地点", (kinds.ADDRESS,)
    rows = (("district", "postcode"),)

    district = coded("district", "所在区", only=lambda code: code.code != "110000")
    address = forms.CharField(label="地址", max_length=200)
    postcode = postcode()
    further = RowsField(
        PlaceRow, row_word="院区", label="其他执业地点", required=False, help_text="变更后的全部院区，每个一行"
    )


class LegalStep(KindStep):
    """Another legal representative."""

    code, title, of = "legal", "变更后的法定代表人", (kinds.LEGAL,)
    personal = frozenset({"number"})
    rows = (("name", "number"),)

    name = NameField(label="法定代表人", max_length=50)
    number = document_number("证件号码")


class PrincipalStep(KindStep):
    """Another principal."""

    code, title, of = "principal", "变更后的主要负责人", (kinds.PRINCIPAL,)
    personal = frozenset({"number"})
    rows = (("name", "number"), ("position", "since"))

    name = NameField(label="主要负责人", max_length=50)
    number = document_number("证件号码")
    position = forms.CharField(label="职务", max_length=50, required=False)
    since = day("任职日期", required=False)


class OwnershipStep(KindStep):
    """Another ownership."""

    code, title, of = "ownership", "变更后的所有制形式", (kinds.OWNERSHIP,)
    rows = (("ownership", "economic_type"),)

    ownership = coded("ownership_form", "所有制形式")
    economic_type = coded("economic_type", "经济类型")


class ObjectsStep(KindStep):
    """Whom it serves."""

    code, title, of = "objects", "变更后的服务对象", (kinds.OBJECTS,)

    service_objects = many_coded("service_object", "服务对象")


class ModesStep(KindStep):
    """How it serves them; internet diagnosis is added by its own item."""

    code, title, of = "modes", "变更后的服务方式", (kinds.MODES,)

    service_modes = many_coded("service_mode", "服务方式", only=lambda code: code.code != INTERNET)


class CapitalStep(KindStep):
    """Another capital."""

    code, title, of = "capital", "变更后的注册资金（资本）", (kinds.CAPITAL,)

    capital = amount("注册资金（资本）（万元）")


class NatureStep(KindStep):
    """Another business nature, mostly with another code."""

    code, title, of = "nature", "变更后的经营性质", (kinds.NATURE,)
    rows = (("business_nature", "uscc"),)

    business_nature = coded("institution_business_nature", "经营性质")
    uscc = IdentifierField(check_uscc, label="统一社会信用代码", required=False, max_length=30)


class SizeStep(KindStep):
    """Beds and chairs of the first place; those of further places are changed with the places."""

    code, title, of = "site", "变更后的床位、牙椅", (kinds.BEDS, kinds.CHAIRS)
    rows = (("beds", "dental_chairs", "observation_beds"),)

    beds = count("床位（张）", hint="只填核定床位")
    dental_chairs = count("牙椅（张）", required=False)
    observation_beds = count("观察床（张）", required=False)


class SubjectsStep(KindStep, steps.SubjectsStep):
    """All subjects as they are to be."""

    title, of = "变更后的诊疗科目", (kinds.SUBJECTS,)


PARTS = (
    NameStep, AddressStep, LegalStep, PrincipalStep, OwnershipStep, ObjectsStep, ModesStep, CapitalStep, SubjectsStep,
    SizeStep, NatureStep,
)  # fmt: skip
