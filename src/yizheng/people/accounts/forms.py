"""The forms of accounts: what is asked, and what is said when it is wrong."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from yizheng.kernel.names import fault_of_name, tidy_name
from yizheng.people.accounts.signup import DOCUMENTS, Registration, check_password, problems_of_number
from yizheng.people.canonical import IdentifierKind, canonical
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.rights.roles import RULES
from yizheng.people.signing_in import onetime
from yizheng.people.signing_in.lockout import LOCKED

_MOBILE = r"^1[3-9]\d{9}$"
_MOBILE_ABROAD = r"\+[1-9]\d{6,14}"
_FROM_ELSEWHERE = frozenset({IdentifierKind.PASSPORT, IdentifierKind.HMT_PERMIT})


def _password(label: str, hint: str = "", *, new: bool = False) -> forms.CharField:
    attributes = {"autocomplete": "new-password" if new else "current-password", "class": "form-control"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, max_length=200)


def text_field(label: str, hint: str = "", *, length: int = 64, **attributes: str) -> forms.CharField:
    """A line of text as every form of this room asks for it."""
    widget = forms.TextInput(attrs={"class": "form-control", **attributes})
    return forms.CharField(label=label, help_text=hint, max_length=length, widget=widget)


class PlainForm(forms.Form):
    """A form whose required fields are told so in Chinese and marked for screen readers by the browser itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}"

    @property
    def faults(self) -> list[tuple[str, str]]:
        """The error summary: where, what."""
        return [
            (self[name].id_for_label if name in self.fields else "content", str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]


class SignInForm(PlainForm):
    """Name and password."""

    username = text_field("用户名或手机号", autocomplete="username", autocapitalize="none", spellcheck="false")
    password = _password("密码")


class CodeForm(PlainForm):
    """A one-time code, or a recovery code in its place."""

    code = text_field("动态口令", "6 位数字；手机不在身边的，填一个恢复码", length=20, autocomplete="one-time-code")


class EnrolForm(PlainForm):
    """The first code of a new authenticator."""

    code = text_field(
        "动态口令", "身份验证器显示的 6 位数字", length=10, autocomplete="one-time-code", inputmode="numeric"
    )


class ConfirmForm(PlainForm):
    """The password or a one-time code, before a decision."""

    secret = _password("密码或动态口令")


class TwiceTypedForm(PlainForm):
    """One's new password, typed twice."""

    password = _password("新密码", new=True)
    again = _password("再输入一次新密码", new=True)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = "；".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both new ones are the same."""
        cleaned = self.cleaned_data
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", "两次输入的新密码不一致")
        return cleaned


class ChosenPasswordForm(TwiceTypedForm):
    """One's own password in place of a one-time password."""

    def __init__(self, account: Account, one_time: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(account, *args, **kwargs)
        self.one_time = one_time

    def clean_password(self) -> str:
        """The rules of ``people.passwords``, and not the one that was handed over."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        if onetime.mark(self.account, password) == self.one_time:
            raise ValidationError("新密码不能与一次性密码相同")
        return password


class NewPasswordForm(TwiceTypedForm):
    """A change of one's own password."""

    former = _password("现在的密码")
    field_order = ("former", "password", "again")

    def __init__(self, account: Account, *args: Any, locked: bool = False, **kwargs: Any) -> None:
        super().__init__(account, *args, **kwargs)
        self.locked = locked

    @property
    def knows_former(self) -> bool:
        """Whether the present password was right, whatever is said of the new one."""
        return self.is_bound and "former" not in self.errors

    def clean_former(self) -> str:
        """Only who knows the present password changes it; guessing it is counted as at the entrance."""
        if self.locked:
            raise ValidationError(LOCKED)
        former = str(self.cleaned_data["former"])
        if not self.account.check_password(former):
            raise ValidationError("现在的密码不正确")
        return former

    def clean_password(self) -> str:
        """The rules of ``people.passwords``."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        if "former" in self.cleaned_data and self.account.check_password(password):
            raise ValidationError("新密码不能与现在的密码相同")
        return password


class RegisterForm(PlainForm):
    """An individual's registration."""

    name = text_field("姓名", "与证件一致", length=60, autocomplete="name")
    document = forms.ChoiceField(
        label="证件类型",
        choices=[(kind.value, kind.label.removesuffix("号码")) for kind in DOCUMENTS],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    number = text_field("证件号码", length=30, autocomplete="off", autocapitalize="characters", spellcheck="false")
    mobile = text_field("手机号码", "登录时使用", length=20, autocomplete="tel-national", inputmode="tel")
    password = _password("密码", new=True)
    again = _password("再输入一次密码", new=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = "；".join(password_validators_help_texts())

    def clean_name(self) -> str:
        """A name has two characters at least and no digits."""
        name = tidy_name(str(self.cleaned_data["name"]))
        if fault := fault_of_name(name):
            raise ValidationError(fault)
        if len(name) < 2 or any(character.isdigit() for character in name):
            raise ValidationError("姓名应与证件一致，至少两个字，不含数字")
        return name

    def clean_mobile(self) -> str:
        """Eleven digits of a mainland mobile number; whoever has no resident card may give one of another country."""
        mobile = canonical(IdentifierKind.MOBILE, str(self.cleaned_data["mobile"]))
        said = "手机号码应为 1 开头的 11 位数字"
        if self.cleaned_data.get("document") in _FROM_ELSEWHERE:
            if re.fullmatch(_MOBILE_ABROAD, mobile):
                return mobile
            said = f"{said}；境外号码写 + 和国家（地区）代码，如 +85251234567"
        forms.RegexField(_MOBILE, error_messages={"invalid": said}).clean(mobile)
        return mobile

    def clean(self) -> dict[str, Any]:
        """The number fits its document; the password its rules; both passwords are the same."""
        cleaned = self.cleaned_data
        number, document = str(cleaned.get("number", "")), cleaned.get("document")
        if number and document:
            for problem in problems_of_number(IdentifierKind(document), number):
                self.add_error("number", problem)
        if password := cleaned.get("password"):
            numbers = (number, str(cleaned.get("mobile", "")))
            for problem in check_password(str(cleaned.get("name", "")), numbers, password):
                self.add_error("password", problem)
            if cleaned.get("again") != password:
                self.add_error("again", "两次输入的密码不一致")
        return cleaned

    def registration(self) -> Registration:
        """What was typed; only after the form is valid."""
        typed = self.cleaned_data
        return Registration(
            typed["name"], IdentifierKind(typed["document"]), typed["number"], typed["mobile"], typed["password"]
        )


class GrantForm(PlainForm):
    """The system administrator asks for a role for an account."""

    role = forms.ChoiceField(label="角色", widget=forms.Select(attrs={"class": "form-select"}))
    scope = forms.ModelChoiceField(
        label="范围", queryset=Scope.objects.none(), widget=forms.Select(attrs={"class": "form-select"})
    )
    reason = text_field("理由", length=200)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [role for role in Role if RULES[role].kind == account.kind]
        kinds = {kind for role in fitting for kind in RULES[role].over}
        scopes = Scope.objects.filter(kind__in=kinds).order_by("code")
        if account.kind == AccountKind.INSTITUTION:
            scopes = scopes.filter(subject=account.subject_id)
        choice: Any = self.fields["role"]
        choice.choices = [(role.value, role.label) for role in fitting]
        scope: Any = self.fields["scope"]
        scope.queryset = scopes
        scope.empty_label = None


class ReasonForm(PlainForm):
    """Why."""

    reason = text_field("理由", length=200)
