"""查看: one personal value in full for sixty seconds; who, what and why are recorded and the person can see it."""

from django.http import Http404, HttpRequest, HttpResponse

from yizheng.licensing import answers as form_answers
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.shell import revealing
from yizheng.shell.desk.access import case_for, office_only, signed_in


@office_only
def reveal(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Ask the reason, then answer with the value; only clerks of the authority may."""
    account = signed_in(request)
    case = case_for(account, number)
    step, name, label = _personal(case, field)
    if account.kind != AccountKind.CLERK:
        raise Http404("没有这一项")

    def value(reason: str) -> str:
        vault.record_unmasking(case.subject_id, name, account, f"办件 {case.number}：{reason}")
        return str(form_answers.typed_in(case).get(step, {}).get(name, ""))

    whose = f"{case.applicant_name}　办件 {case.number}"
    return revealing.answer(request, what=label, whose=whose, value=value)


def _personal(case: Case, field: str) -> tuple[str, str, str]:
    """The step, name and label of a personal field of the case's form."""
    code, _, name = field.partition(".")
    for step in case.item.steps:
        if step.code == code and name in step.personal:
            return code, name, str(step.base_fields[name].label)
    raise Http404("没有这一项")
