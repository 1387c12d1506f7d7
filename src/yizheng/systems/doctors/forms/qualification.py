"""医师资格: the certificate behind the registration; what the register holds is shown and cannot be changed."""

from django import forms

from yizheng.kernel.identifiers import check_qualification_number
from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step

_FROM_REGISTER = "来自医师资格数据，不能改；有误先办理资格数据更正"


class QualificationStep(Step):
    """The qualification meant. Its number contains the identity number and is protected like one."""

    code = "qualification"
    title = "医师资格"
    personal = frozenset({"qualification_number"})
    fixed = {
        "level": _FROM_REGISTER,
        "category": _FROM_REGISTER,
        "qualified_on": _FROM_REGISTER,
        "issuer": _FROM_REGISTER,
        "way": _FROM_REGISTER,
    }
    rows = (("level", "category"), ("qualified_on", "way"))

    qualification_number = forms.CharField(
        label="医师资格证书编码", max_length=40, help_text="27 位，早期证书 24 位，见证书内页"
    )
    level = coded("practice_level", "级别", required=False)
    category = coded("practice_category", "类别", required=False)
    qualified_on = day("签发日期", required=False)
    issuer = forms.CharField(label="发证机关", max_length=100, required=False)
    way = coded("acquisition_way", "取得方式", required=False)

    def clean_qualification_number(self) -> str:
        """The number must be readable; whose it is is the affair of a check."""
        read = check_qualification_number(str(self.cleaned_data["qualification_number"]))
        if read.problems:
            raise forms.ValidationError(list(read.problems))
        return read.number
