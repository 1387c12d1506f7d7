"""The parts of the forms about institutions, shared by items: what it is, where, at what, and who answers for it (细则 第二十八条)."""

from typing import Any, ClassVar

from django import forms

from yizheng.kernel.codes import Code, table
from yizheng.kernel.identifiers import check_uscc
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.fields import IdentifierField, coded, day, either, many_coded
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.models.parties import NATURAL, PARTY_KINDS
from yizheng.systems.institutions.record.persons import read_document

LEAST_SUBJECTS = 4
MOST_SUBJECTS = 160
INTERNET = "6"
"""互联网诊疗: a mode that is added by an item of its own."""


def _leaf(code: Code) -> bool:
    """A category an institution may be of: no group."""
    return code.parent is not None


def amount(label: str, *, required: bool = True, hint: str = "") -> forms.DecimalField:
    """A sum or an area."""
    return forms.DecimalField(
        label=label, required=required, help_text=hint, min_value=0, max_digits=12, decimal_places=2
    )


def count(label: str, *, required: bool = True, hint: str = "") -> forms.IntegerField:
    """A number of things."""
    return forms.IntegerField(label=label, required=required, help_text=hint, min_value=0, max_value=30_000)


def document_number(label: str, *, required: bool = True) -> IdentifierField:
    """The number of an identity document."""
    return IdentifierField(read_document, label=label, required=required, max_length=30)


def postcode() -> forms.RegexField:
    """Six digits."""
    wrong = {"invalid": "邮政编码为 6 位数字"}
    return forms.RegexField(r"^\d{6}$", label="邮政编码", required=False, error_messages=wrong)


class FounderRow(Row):
    """A further founder."""

    name = forms.CharField(label="姓名或者名称", max_length=200)
    number = forms.CharField(label="证件号码或者信用代码", max_length=30)


class FounderStep(Step):
    """Who sets it up (细则 第十四条): the person who applies is the founder, its representative or its appointee."""

    code, title = "founder", "设置单位（人）"
    personal = frozenset({"number", "others"})
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("kind", "name"), ("uscc", "number"))

    kind = forms.ChoiceField(label="设置人类型", choices=[("", "请选择"), *PARTY_KINDS.items()])
    name = forms.CharField(label="设置单位（人）", max_length=200)
    uscc = IdentifierField(
        check_uscc, label="统一社会信用代码", required=False, max_length=30, help_text="单位设置的填写"
    )
    number = document_number("证件号码", required=False)
    others = RowsField(
        FounderRow, row_word="共同设置人", label="共同设置人", required=False, help_text="合伙设置的，全体合伙人"
    )
    clear = either("设置人有无不得申请设置的情形", ("no", "没有"), ("yes", "有"))

    def clean(self) -> dict[str, Any]:
        """A natural person is known by her document, an organisation by its code."""
        cleaned = super().clean()
        wanted = "number" if cleaned.get("kind") in NATURAL else "uscc"
        if cleaned.get("kind") and not cleaned.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, f"请填写{self.fields[wanted].label}")
        return cleaned


class InstitutionStep(Step):
    """What kind of institution it is."""

    code, title = "institution", "机构"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("category", "level"),
        ("ownership", "economic_type"),
        ("business_nature", "affiliation"),
    )

    name = forms.CharField(label="机构名称", max_length=200, help_text="识别名称加通用名称")
    category = coded("institution_category", "机构类别", only=_leaf)
    level = coded("institution_level", "级别", only=lambda code: code.code != "0")
    ownership = coded("ownership_form", "所有制形式")
    economic_type = coded(
        "economic_type", "经济类型", only=lambda code: not code.code.endswith("0") or code.code == "90"
    )
    business_nature = coded("institution_business_nature", "经营性质")
    affiliation = coded("institution_affiliation", "隶属关系", required=False)
    service_objects = many_coded("service_object", "服务对象")
    service_modes = many_coded("service_mode", "服务方式", only=lambda code: code.code != INTERNET)
    capital = amount("注册资金（资本）（万元）")


class PlaceRow(Row):
    """A further place of practice."""

    title = forms.CharField(label="院区", max_length=60)
    district = coded("district", "所在区", only=lambda code: code.code != "110000")
    address = forms.CharField(label="地址", max_length=200)
    beds = count("床位")
    dental_chairs = count("牙椅", required=False)
    subjects = forms.CharField(label="诊疗科目代码", max_length=400, help_text="用分号隔开，如 03；04.01")

    def clean_subjects(self) -> list[str]:
        """The codes, each once."""
        text = str(self.cleaned_data["subjects"]).replace("；", ";").replace("，", ";").replace("、", ";")
        codes = list(dict.fromkeys(each.strip() for each in text.split(";") if each.strip()))
        unknown = [each for each in codes if each not in table("clinical_subject")]
        if unknown:
            raise forms.ValidationError(f"没有代码为“{'、'.join(unknown)}”的诊疗科目")
        return codes


class SiteStep(Step):
    """Where it practises, with what; beds and chairs are those of this place."""

    code, title = "site", "执业地点和规模"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("district", "postcode"),
        ("beds", "dental_chairs", "observation_beds"),
        ("floor_area", "business_area"),
    )

    district = coded("district", "所在区", only=lambda code: code.code != "110000")
    address = forms.CharField(label="地址", max_length=200)
    postcode = postcode()
    beds = count("床位（张）", hint="只填核定床位")
    dental_chairs = count("牙椅（张）", required=False)
    observation_beds = count("观察床（张）", required=False)
    floor_area = amount("建筑面积（平方米）", required=False)
    business_area = amount("业务用房面积（平方米）", required=False)
    further = RowsField(
        PlaceRow, row_word="院区", label="其他执业地点", required=False, help_text="有多个院区的，每个一行"
    )


class SubjectRow(Row):
    """A subject, and what the licence remarks of it."""

    subject = coded("clinical_subject", "诊疗科目")
    remark = forms.CharField(label="备注", max_length=100, required=False)


class SubjectsStep(Step):
    """The subjects: the first level alone means that there are no sections, not all of them."""

    code, title = "subjects", "诊疗科目"

    subjects = RowsField(
        SubjectRow,
        row_word="科目",
        label="诊疗科目",
        least=LEAST_SUBJECTS,
        most=MOST_SUBJECTS,
        help_text="设有二级专业的填二级；只开展门诊的备注“门诊”，专科机构备注病名，选“其他”的备注名称",
    )


class PartiesStep(Step):
    """Who represents it by law and who is responsible for it; both may be one person."""

    code, title = "parties", "法定代表人和主要负责人"
    personal = frozenset({"legal_number", "principal_number"})
    rows = (("legal_name", "legal_number"), ("principal_name", "principal_number"), ("principal_position", "since"))

    legal_name = NameField(label="法定代表人", max_length=50, help_text="机构没有法人资格的，填设置单位的法定代表人")
    legal_number = document_number("法定代表人证件号码")
    principal_name = NameField(label="主要负责人", max_length=50)
    principal_number = document_number("主要负责人证件号码")
    principal_position = forms.CharField(label="职务", max_length=50, required=False)
    since = day("任职日期", required=False)


class PremisesStep(Step):
    """What it practises with."""

    code, title = "premises", "房屋和人员"
    rows = (("premises_right", "premises_to"), ("staff_total", "health_staff"))

    uscc = IdentifierField(
        check_uscc,
        label="统一社会信用代码",
        required=False,
        max_length=30,
        help_text="没有的不填，由登记机关给临时代码",
    )
    premises_right = forms.ChoiceField(
        label="用房性质", choices=[("", "请选择"), ("own", "自有"), ("rent", "租赁"), ("free", "无偿使用")]
    )
    premises_to = day("使用期限至", required=False, hint="租赁的填写")
    staff_total = count("职工人数")
    health_staff = count("卫生技术人员")


class PromiseStep(Step):
    """How to reach who applies, and the promise that what was handed in is true (行政许可法 第三十一条)."""

    code, title = "declaration", "联系人和承诺"
    personal = frozenset({"mobile"})
    rows = (("contact", "mobile"),)

    contact = NameField(label="经办人", max_length=50)
    mobile = forms.RegexField(
        r"^1[3-9]\d{9}$", label="手机号码", error_messages={"invalid": "手机号码应为 11 位数字，以 1 开头"}
    )
    truth = forms.BooleanField(
        label="本机构（人）承诺以上填写内容和提交材料真实、有效，愿意承担不实的法律责任",
        error_messages={"required": "请作出真实性承诺"},
    )
