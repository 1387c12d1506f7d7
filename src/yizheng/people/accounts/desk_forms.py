"""Forms of the desks that open accounts and check documents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from yizheng.kernel.names import fault_of_name, tidy_name
from yizheng.people.accounts.forms import PlainForm, text_field
from yizheng.people.accounts.opening import NewAccount, fitting_roles, problem_of_username
from yizheng.people.auditing.reasons import checked_reason
from yizheng.people.kinds import AccountKind, Role, ScopeKind
from yizheng.people.models import Scope
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.roles import RULES

_SUGGESTED = 5


class ReasonedForm(PlainForm):
    """A form whose last field is the reason of a recorded act."""

    reason = text_field("理由", length=200)

    def clean_reason(self) -> str:
        """There is one, and it holds no personal number."""
        try:
            return checked_reason(str(self.cleaned_data["reason"]))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class OpenAccountForm(ReasonedForm):
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
    role = forms.ChoiceField(label="角色", widget=forms.Select(attrs={"class": "form-select"}))
    scope = forms.ModelChoiceField(
        label="范围", queryset=Scope.objects.none(), widget=forms.Select(attrs={"class": "form-select"})
    )

    def __init__(self, kind: AccountKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        role: Any = self.fields["role"]
        role.choices = [(role.value, role.label) for role in fitting_roles(kind)]
        if kind == AccountKind.INSTITUTION:
            self.fields["scope"] = _OrganisationField()
        else:
            over = {scope for role in fitting_roles(kind) for scope in RULES[role].over}
            scope: Any = self.fields["scope"]
            scope.queryset = Scope.objects.filter(kind__in=over).order_by("code")
            scope.empty_label = None
        self.order_fields(["username", "display_name", "role", "scope", "reason"])

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

    def wanted(self) -> NewAccount:
        """What was written down; only after the form is valid."""
        typed = self.cleaned_data
        return NewAccount(
            self.kind, typed["username"], typed["display_name"], Role(typed["role"]), typed["scope"], typed["reason"]
        )


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["number", "reason"])


class CounterPasswordForm(DocumentForm):
    """A new password for the person at the counter."""

    without_authenticator = forms.BooleanField(
        label="手机和恢复码都不在，同时取消动态口令", required=False, widget=forms.CheckboxInput
    )
