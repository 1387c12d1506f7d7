"""依职权办理: a reviewing person begins an act of the authority about somebody of the register, with facts and evidence.

行政处罚法 第五十四条、行政许可法 第六十九条、第七十条: who acts of its own motion states facts and evidence first. The rules of the
item are asked at once. What is begun goes the item's own way: told and heard, or, where something decided is only
entered, straight to a second person.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yizheng.licensing import answers as form_answers
from yizheng.licensing.answers import Answers, Typed
from yizheng.licensing.catalogue import items
from yizheng.licensing.findings import Finding
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Initiator, Item, Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.accounts.forms import IdentifiedForm
from yizheng.people.accounts.strangers import person_of
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import scopes_of
from yizheng.people.rights.grants import Refused
from yizheng.people.searching.search import Found, find_people, named
from yizheng.registry import Subject, SubjectKind
from yizheng.registry.registers import registers
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.record.names import people_named

MOST_EVIDENCE = 2000


@dataclass(slots=True)
class Beginning:
    """One act about to be begun: about whom, which item, what was typed, and what stands against it."""

    person: Found
    item: Item
    forms: list[Step]
    typed: Typed
    answers: Answers
    named: int | None
    """The authority that the item itself names."""
    offices: list[Scope]
    """Where it names none, those the account reviews for."""
    evidence: str = ""
    problem: str = ""
    blocks: list[Finding] = field(default_factory=list)


@office_only
@for_roles(frozenset({Role.REVIEWER}))
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def initiate(request: HttpRequest) -> HttpResponseBase:
    """Find the person, choose the item, fill in its form and the evidence; a POST begins the case."""
    account = signed_in(request)
    if request.POST.get("stranger"):
        return _stranger(request, account)
    given = request.POST if request.method == "POST" else request.GET
    person = _person(account, given.get("subject", ""))
    if person is None:
        return _finder(request, account)
    item = _item(given.get("item", ""))
    if item is None:
        return render(request, "desk/initiate.html", {"person": person, "offered": _offered(person)})
    beginning = _typed(request, account, person, item)
    return _begun(request, account, beginning) if request.method == "POST" else _page(request, beginning)


def _stranger(request: HttpRequest, account: Account) -> HttpResponse:
    """Somebody the register does not know: by name and number, then as anybody."""
    form = IdentifiedForm(request.POST)
    if form.is_valid():
        try:
            subject = person_of(**form.cleaned_data, actor=account, offices=[each.pk for each in _reviewed(account)])
            return redirect(f"{request.path}?subject={subject}")
        except Refused as refusal:
            form.add_error("number", str(refusal))
    return render(request, "desk/initiate.html", {"stranger": form}, status=422)


def _reviewed(account: Account) -> list[Scope]:
    return scopes_of(account, Role.REVIEWER)


def _finder(request: HttpRequest, account: Account) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    found = find_people(text, account) if text else []
    known = people_named(account, [each.subject_id for each in found])
    people = [(each.subject_id, *known.get(each.subject_id, (each.name, ""))) for each in found]
    return render(request, "desk/initiate.html", {"text": text, "found": people, "stranger": IdentifiedForm()})


def _offered(person: Found) -> list[dict[str, Any]]:
    """Every act about subjects of her kind, and why one cannot be begun about this one now."""
    known = Subject.objects.filter(pk=person.subject_id, kind=SubjectKind.PERSON).exists()
    of_people = {each.title: each.of_people for each in registers()}
    fitting = [each for each in _items() if of_people.get(each.register, known) is known]
    return [{"item": each, "why": each.may_apply(person.subject_id, timezone.localdate())} for each in fitting]


def _typed(request: HttpRequest, account: Account, person: Found, item: Item) -> Beginning:
    """The forms with what the platform knows, and what was sent laid over it."""
    known = item.prefill(person.subject_id)
    sent = request.POST if request.method == "POST" else None
    typed = {} if sent is None else form_answers.sent(item, sent)
    merged = {code: {**known.get(code, {}), **typed.get(code, {})} for code in dict.fromkeys([*known, *typed])}
    filled = form_answers.decode(item, form_answers.as_typed(merged))
    named = item.authority_of(filled.answers, timezone.localdate())
    unsent = [step(prefix=step.code, initial=known.get(step.code, {})) for step in item.steps]
    return Beginning(
        person=person,
        item=item,
        forms=unsent if sent is None else list(filled.steps.values()),
        typed=merged,
        answers=filled.answers,
        named=named,
        offices=_reviewed(account) if named is None else [],
        evidence=request.POST.get("evidence", "").strip()[:MOST_EVIDENCE],
    )


def _begun(request: HttpRequest, account: Account, wanted: Beginning) -> HttpResponseBase:
    chosen = request.POST.get("office", "")
    office = wanted.named or next((each.pk for each in wanted.offices if str(each.pk) == chosen), None)
    wanted.problem = _fault(wanted, office)
    if office is None or wanted.problem:
        return _page(request, wanted)
    today, subject = timezone.localdate(), wanted.person.subject_id
    gathered = wanted.item.gather(wanted.answers, subject, today)
    wanted.blocks = wanted.item.examine(gathered, today).blocks
    if wanted.blocks:
        return _page(request, wanted)
    try:
        case = propose(
            account,
            wanted.item.code,
            subject_id=subject,
            subject_name=wanted.person.name,
            authority_scope=office,
            evidence=wanted.evidence,
            answers=wanted.typed,
        )
    except NotPermittedError as refused:
        raise PermissionDenied(str(refused)) from refused
    except NotPossibleError as refused:
        wanted.problem = str(refused)
        return _page(request, wanted)
    messages.success(request, f"已立案 {case.number}")
    return redirect("desk:case", number=case.number)


def _fault(wanted: Beginning, office: int | None) -> str:
    """What is not filled in, in words; every form shows its own faults beside."""
    if not all([form.is_valid() for form in wanted.forms]):  # noqa: C419  # every form shows its faults
        return "还有没有填写的内容"
    if not wanted.evidence:
        return "请写明事实和证据"
    return "" if office is not None else "请选择由哪个机关办理"


def _page(request: HttpRequest, wanted: Beginning) -> HttpResponse:
    context = {"person": wanted.person, "wanted": wanted, "most": MOST_EVIDENCE}
    return render(request, "desk/initiate.html", context, status=422 if wanted.problem or wanted.blocks else 200)


def _item(code: str) -> Item | None:
    if not code:
        return None
    found = next((each for each in _items() if each.code == code), None)
    if found is None:
        raise Http404("没有这一事项，或者它不由机关发起")
    return found


def _items() -> list[Item]:
    today = timezone.localdate()
    return [
        each for each in items(today) if each.shape is Shape.AUTHORITY_ACT and Initiator.AUTHORITY in each.initiators
    ]


def _person(account: Account, subject: str) -> Found | None:
    """Whom the address names; raises Http404 where the account does not find her."""
    if not subject:
        return None
    found = named(int(subject), account) if subject.isdecimal() else None
    if found is None:
        raise Http404("没有这一人员，或者不在您的辖区")
    known = people_named(account, [found.subject_id])
    return Found(found.subject_id, known.get(found.subject_id, (found.name, ""))[0])
