"""体征词: the words the dictionary does not know, the most frequent first; two persons say what they mean."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.findings import keeping
from yizheng.systems.sequelae.findings.dictionary import terms

SHOWN = 100


@never_cache
@for_roles(rights.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """The work list; a POST proposes what words mean, or agrees."""
    account, problem = signed_in(request), ""
    if request.method == "POST":
        typed = request.POST
        text = typed.get("key", "")
        key = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        try:
            if typed.get("verb") == "agree":
                messages.success(request, f"已认定，{keeping.agree(account, key)} 处按此记录")
            else:
                keeping.propose(account, key, typed.get("code", ""))
                messages.success(request, "已提出，由另一人同意")
            return redirect("sequelae:words")
        except keeping.Refused as refused:
            problem = str(refused)
    listed = keeping.waiting(account)
    known = {code: term.name for code, term in terms().items()} | {keeping.NO_FINDING: "不是阳性体征"}
    context = {
        "rows": [(each, known.get(each.proposed.code, "") if each.proposed else "") for each in listed[:SHOWN]],
        "count": len(listed), "terms": known.items(), "problem": problem, "me": account.pk,
    }  # fmt: skip
    return render(request, "sequelae/words.html", context, status=422 if problem else 200)
