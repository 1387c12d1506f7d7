"""转办: the page that hands a case to a colleague of the same role, with the reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError
from yizheng.licensing.verbs.acting import told_who_won
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.licensing.verbs.transferring import colleagues, may_transfer, role_now, transfer
from yizheng.people.accounts.forms import PlainForm
from yizheng.people.models import Account
from yizheng.shell.desk.access import case_for, office_only, signed_in


class TransferForm(PlainForm):
    """To whom, and why."""

    to = forms.TypedChoiceField(
        label="转给",
        coerce=int,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "请从列表中选择同事"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, among: list[Account], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.TypedChoiceField)
        chosen.choices = [(account.pk, account.display_name) for account in among]
        chosen.error_messages["required"] = "请选择转给谁"


@never_cache
@office_only
@require_http_methods(["GET", "HEAD", "POST"])
def transfer_page(request: HttpRequest, number: str) -> HttpResponseBase:
    """The choice of colleagues; a POST hands the case over."""
    account = signed_in(request)
    case = case_for(account, number)
    if not may_transfer(account, case):
        return _page(request, case, None, hindrance=_why_not(case), status=403)
    among = list(colleagues(account, case))
    if request.method != "POST":
        return _page(request, case, TransferForm(among))
    if str(case.revision) != request.POST.get("revision", ""):
        return _page(request, case, None, lost=told_who_won(case), status=409)
    form = TransferForm(among, request.POST)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    to = next(each for each in among if each.pk == form.cleaned_data["to"])
    try:
        transfer(case, account, to, form.cleaned_data["reason"])
    except LostRaceError as lost:
        return _page(request, case_for(account, number), None, lost=str(lost), status=409)
    except (NotPossibleError, NotPermittedError) as problem:
        return _page(request, case_for(account, number), form, problem=str(problem), status=422)
    messages.success(request, f"办件 {case.number} 已转给 {to.display_name}")
    return redirect("desk:case", number=number)


def _why_not(case: Case) -> str:
    role = role_now(case)
    if role is None:
        return f"办件处于“{CaseState(case.state).label}”，不在机关经办人手上，不能转办"
    return f"本件在{role.label}环节，由该机关的{role.label}人员转办"


def _page(
    request: HttpRequest, case: Case, form: TransferForm | None, *, status: int = 200, **words: str
) -> HttpResponse:
    role = role_now(case)
    context = {
        "case": case,
        "form": form,
        "state_word": CaseState(case.state).label,
        "role_word": f"{role.label}人员" if role else "",
        **words,
    }
    return render(request, "desk/transfer.html", context, status=status)
