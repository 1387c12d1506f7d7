"""信息修改: what an institution says of itself without registration; shown on its public page from then on."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yizheng.disclosure.publishing import refresh
from yizheng.people import audit
from yizheng.people.kinds import AccountKind
from yizheng.shell.desk.access import applicants_only, signed_in
from yizheng.systems.institutions.licences import licence_on
from yizheng.systems.institutions.models import InstitutionContact
from yizheng.systems.institutions.record.belonging import newest_contact
from yizheng.systems.institutions.register import INSTITUTIONS


class ContactForm(forms.Form):
    """Its fields; none is needed."""

    phone = forms.CharField(label="咨询电话", max_length=60, required=False, help_text="机构的电话，不是个人的")
    hours = forms.CharField(
        label="开诊时间", max_length=200, required=False, help_text="如：周一至周五 8:00—17:00，急诊 24 小时"
    )
    website = forms.CharField(label="网址", max_length=200, required=False)
    transport = forms.CharField(label="交通", max_length=200, required=False)
    introduction = forms.CharField(label="简介", max_length=1000, required=False, widget=forms.Textarea({"rows": "4"}))

    def clean_website(self) -> str:
        """An address of the web."""
        found: str = self.cleaned_data["website"].strip()
        if found and not found.startswith(("https://", "http://")):
            raise forms.ValidationError("网址以 https:// 或者 http:// 开头")
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@applicants_only
def contact(request: HttpRequest) -> HttpResponseBase:
    """The form; what is sent takes the place of what stood, and the public page follows."""
    account = signed_in(request)
    subject_id = account.subject_id or 0
    licence = licence_on(subject_id, timezone.localdate())
    if account.kind != AccountKind.INSTITUTION or licence is None:
        raise PermissionDenied("信息修改由有登记的机构的经办人办理")
    before = newest_contact(subject_id)
    form = ContactForm(request.POST or None, initial=model_to_dict(before) if before else {})
    if request.method == "POST" and form.is_valid():
        InstitutionContact.objects.create(
            subject_id=subject_id, authority_scope=licence.authority_scope, changed_by=account, **form.cleaned_data
        )
        refresh(INSTITUTIONS.code, [subject_id])
        audit.record(account, "institution.contact", f"subject:{subject_id}")
        messages.success(request, "已修改，公示页随之更新")
        return redirect("institutions:home")
    context = {"form": form, "name": licence.name}
    return render(request, "institutions/contact.html", context, status=422 if form.errors else 200)
