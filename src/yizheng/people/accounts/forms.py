"""The forms of accounts: what is asked, and what is said when it is wrong."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from yizheng.kernel.names import fault_of_name, tidy_name
from yizheng.people.accounts.administering import fitting_roles, problem_of_username
from yizheng.people.accounts.signup import DOCUMENTS, check_password
from yizheng.people.canonical import IdentifierKind, canonical
from yizheng.people.kinds import AccountKind, Role, ScopeKind
from yizheng.people.models import Account, Scope
from yizheng.people.rights.grants import Refused, checked_reason
from yizheng.people.rights.roles import RULES
from yizheng.people.signing_in import onetime
from yizheng.people.signing_in.lockout import LOCKED
from yizheng.people.signing_in.passwords import MINIMUM, PASSPHRASE

_MOBILE = r"^1[3-9]\d{9}$"
_MOBILE_ABROAD = r"\+[1-9]\d{6,14}"
_SELECT = forms.Select(attrs={"class": "form-select"})
_SUGGESTED = 5
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
    replaced = ""
    """What the new password takes the place of."""

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = "；".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """The rules of ``people.passwords``, and not the one it replaces."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        if self.is_replaced(password):
            raise ValidationError(f"新密码不能与{self.replaced}相同")
        return password

    def is_replaced(self, password: str) -> bool:
        """Whether the password is the one it should replace."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Both new ones are the same."""
        cleaned = self.cleaned_data
        if "password" in cleaned and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", "两次输入的新密码不一致")
        return cleaned


class ChosenPasswordForm(TwiceTypedForm):
    """One's own password in place of a one-time password."""

    replaced = "一次性密码"

    def __init__(self, account: Account, one_time: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(account, *args, **kwargs)
        self.one_time = one_time

    def is_replaced(self, password: str) -> bool:
        """Whether it is the one that was handed over."""
        return onetime.mark(self.account, password) == self.one_time


class NewPasswordForm(TwiceTypedForm):
    """A change of one's own password."""

    former = _password("现在的密码")
    field_order = ("former", "password", "again")
    replaced = "现在的密码"

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

    def is_replaced(self, password: str) -> bool:
        """Whether it is the present one, asked only of who knows that one."""
        return "former" in self.cleaned_data and self.account.check_password(password)


class IdentifiedForm(PlainForm):
    """Who somebody is: name, document and its number."""

    name = text_field("姓名", "与证件一致", length=60, autocomplete="name")
    document = forms.TypedChoiceField(
        label="证件类型",
        choices=[(kind.value, kind.label.removesuffix("号码")) for kind in DOCUMENTS],
        coerce=IdentifierKind,
        widget=_SELECT,
    )
    number = text_field("证件号码", length=30, autocomplete="off", autocapitalize="characters", spellcheck="false")

    def clean_name(self) -> str:
        """A name has two characters at least and no digits."""
        name = tidy_name(str(self.cleaned_data["name"]))
        if fault := fault_of_name(name):
            raise ValidationError(fault)
        if len(name) < 2 or any(character.isdigit() for character in name):
            raise ValidationError("姓名应与证件一致，至少两个字，不含数字")
        return name

    def clean(self) -> dict[str, Any]:
        """The number fits its document."""
        cleaned = self.cleaned_data
        number, document = str(cleaned.get("number", "")), cleaned.get("document")
        if number and document:
            for problem in DOCUMENTS[document](number).problems:
                self.add_error("number", problem)
        return cleaned


class RegisterForm(IdentifiedForm):
    """An individual's registration; whoever reads English, or has a passport, is told in English too what to mend."""

    english: Mapping[str, str] = {
        "name": "Enter your name as in the passport: two characters at least, no digits.",
        "document": "Choose your document: 护照 is a passport.",
        "number": "Enter the number of your document; a passport number has 6 to 9 letters and digits.",
        "mobile": "Enter a mobile number; abroad with + and the country code.",
        "password": f"Choose {MINIMUM} characters or more, three kinds of: capital letters, small letters, digits, signs;"
        f" or a sentence of {PASSPHRASE} or more; without your name or numbers.",
        "again": "Type the same password again.",
        NON_FIELD_ERRORS: "Too many registrations from this network address. Please try again in 15 minutes.",
    }
    mobile = text_field("手机号码", "登录时使用", length=20, autocomplete="tel-national", inputmode="tel")
    password = _password("密码", new=True)
    again = _password("再输入一次密码", new=True)

    def __init__(self, *args: Any, reads_english: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads_english = reads_english
        self.fields["password"].help_text = "；".join(password_validators_help_texts())

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong, and behind it in English what to do."""
        super().add_error(field, error)
        if self.reads_english or self.data.get(self.add_prefix("document")) == IdentifierKind.PASSPORT:
            english = self.english[name := field or NON_FIELD_ERRORS]
            for each in self.errors[name].as_data():
                each.message = each.message if english in each.message else f"{each.message} {english}"

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
        """The password its rules; both passwords are the same."""
        cleaned, number = super().clean(), str(self.cleaned_data.get("number", ""))
        again = cleaned.pop("again", None)
        if password := cleaned.get("password"):
            numbers = (number, str(cleaned.get("mobile", "")))
            for problem in check_password(str(cleaned.get("name", "")), numbers, password):
                self.add_error("password", problem)
            if again != password:
                self.add_error("again", "两次输入的密码不一致")
        return cleaned


class ReasonedForm(PlainForm):
    """A form whose last field is the reason of a recorded act."""

    reason = text_field("理由", length=200)

    def clean_reason(self) -> str:
        """There is one, and it holds no personal number."""
        try:
            return checked_reason(str(self.cleaned_data["reason"]))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class RoleForm(ReasonedForm):
    """A role that an account of one kind may hold, over one of the scopes it is given over."""

    role = forms.TypedChoiceField(label="角色", coerce=Role, widget=_SELECT)
    scope = forms.ModelChoiceField(label="范围", queryset=Scope.objects.none(), empty_label=None, widget=_SELECT)
    field_order = ("username", "display_name", "role", "scope", "reason")

    def __init__(self, kind: AccountKind | str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = fitting_roles(kind)
        role: Any = self.fields["role"]
        role.choices = [(role.value, role.label) for role in fitting]
        scope: Any = self.fields["scope"]
        scope.queryset = Scope.objects.filter(kind__in={over for role in fitting for over in RULES[role].over})
        scope.queryset = scope.queryset.order_by("code")


class GrantForm(RoleForm):
    """The system administrator asks for a role for an account."""

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(account.kind, *args, **kwargs)
        if account.kind == AccountKind.INSTITUTION:
            scope: Any = self.fields["scope"]
            scope.queryset = scope.queryset.filter(subject=account.subject_id)


class OpenAccountForm(RoleForm):
    """A new account of one kind with its first role."""

    username = text_field(
        "用户名",
        "小写字母开头，3 至 32 个字符；登录时使用，不能改",
        length=32,
        autocomplete="off",
        autocapitalize="none",
        spellcheck="false",
    )
    display_name = text_field("姓名", "显示在页面和文书上", length=60, autocomplete="off")

    def __init__(self, kind: AccountKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        if kind == AccountKind.INSTITUTION:
            self.fields["scope"] = _OrganisationField()

    def clean_username(self) -> str:
        """Its shape; whether it is taken is said by the verb."""
        username = str(self.cleaned_data["username"]).strip()
        if (problem := problem_of_username(username)) is not None:
            raise ValidationError(problem)
        return username

    def clean_display_name(self) -> str:
        """A name that stands on pages and papers."""
        name = tidy_name(str(self.cleaned_data["display_name"]))
        if fault := fault_of_name(name):
            raise ValidationError(fault)
        return name


class _OrganisationField(forms.CharField):
    """An institution by its registration code or its whole name: there are too many for a list."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
        super().__init__(label="机构", help_text="登记号或全称", max_length=200, widget=widget)
        self.error_messages["required"] = "请填写机构"

    def clean(self, value: Any) -> Any:
        """The organisation; suggestions when the text fits none or several."""
        text = str(super().clean(value)).strip()
        organisations = Scope.objects.filter(kind=ScopeKind.ORGANISATION)
        by_code = organisations.filter(code=text).first()
        if by_code is not None:
            return by_code
        named = list(organisations.filter(name=text)[:2])
        if len(named) == 1:
            return named[0]
        near = organisations.filter(name__contains=text).order_by("name")[:_SUGGESTED]
        listed = "；".join(f"{scope.name}（{scope.code}）" for scope in near)
        raise ValidationError(f"请填登记号或全称。相近的：{listed}" if listed else "没有这个机构，请核对登记号或全称")


class FindForm(PlainForm):
    """Whom the clerk looks for."""

    wanted = text_field(
        "用户名、核实编号、手机号码或证件号码", "须完整填写", length=64, autocomplete="off", spellcheck="false"
    )


class DocumentForm(ReasonedForm):
    """What the clerk reads from the document before her."""

    number = text_field("证件号码", "照原件填写，与账号登记的核对", length=30, autocomplete="off", spellcheck="false")
    field_order = ("number", "reason")


class CounterPasswordForm(DocumentForm):
    """A new password for the person at the counter."""

    without_authenticator = forms.BooleanField(
        label="手机和恢复码都不在，同时取消动态口令", required=False, widget=forms.CheckboxInput
    )
