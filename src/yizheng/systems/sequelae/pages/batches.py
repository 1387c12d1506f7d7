"""体检数据: files taken in, checked row by row, whose rows they are, two readings, loading and withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.intake.files import UnreadableFile, read_upload
from yizheng.kernel.signs import normalise_number
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.examinations import taking
from yizheng.systems.sequelae.examinations.fields import fields
from yizheng.systems.sequelae.examinations.headings import PEOPLE
from yizheng.systems.sequelae.examinations.taking import Checked, Refused, Sent
from yizheng.systems.sequelae.linking import deciding
from yizheng.systems.sequelae.linking.running import REPORT
from yizheng.systems.sequelae.models import Batch, Person, Round, Source
from yizheng.systems.sequelae.models.examinations import BatchState, LinkState
from yizheng.systems.sequelae.persons.identities import Who, who_are

keepers_only = for_roles(rights.TAKE_IN)
NOBODY = Who()
SHOWN = 60
"""Rows with something to do that the page of a batch shows at once."""


def _form(asked: Asked) -> dict[str, Any]:
    return {
        "sources": Source.objects.visible_to(asked.account),
        "rounds": Round.objects.visible_to(asked.account)[:5],
        "open": Batch.objects.visible_to(asked.account).filter(state=BatchState.READ, second_of=None),
    }


BATCHES = Table(
    "sequelae_batches",
    "体检数据",
    lambda asked: Batch.objects.visible_to(asked.account).select_related("source", "round", "account", "loader"),
    (
        Column("文件", "name", 30, css="name", link=lambda each: each.get_absolute_url()),
        Column("来源", "source.title", 16),
        Column("年度", "round.year", 8),
        Number("行数", lambda each: each.report.get("records"), 8),
        Number("待核查", lambda each: each.report.get("review"), 8),
        Column("读数", lambda each: "第二次" if each.second_of_id else "第一次", 8),
        Column("接收", "account.display_name", 16, beside=("taken_at",)),
        Column("入库", lambda each: each.loader.display_name if each.loader else "", 16, nothing="还没有入库"),
        State("状态", "get_state_display", 10),
    ),
    guard=keepers_only,
    filters=(Choice("状态", "state", BatchState.choices, by="state"),),
    order=("-pk",),
    says="逐行核对以后由另一人入库；撤回一批，之前的结果原样恢复",
    tally="批，新的在前",
    empty="还没有体检文件。",
    template="sequelae/batches.html",
    more=_form,
)
"""All files."""


@keepers_only
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Take a file in."""
    account, typed = signed_in(request), request.POST
    source = Source.objects.visible_to(account).filter(code=typed.get("source", "")).first()
    of = Round.objects.visible_to(account).filter(year=_number(typed.get("round", ""))).first()
    sent = request.FILES.get("file")
    if source is None or of is None or sent is None or isinstance(sent, list):
        return BATCHES.answer(request, 422, problem="请选择来源、年度和文件")
    second_of = None
    if typed.get("second_of"):
        second_of = _found(account, _number(typed["second_of"]))
        source, of = second_of.source, second_of.round
    said = normalise_number(typed.get("expected", ""))
    if said and not said.isdigit():
        return BATCHES.answer(request, 422, problem=f"附函行数“{typed['expected'][:20]}”不是数，请核对")
    expected = _number(said) if said else None
    try:
        read = read_upload(sent, most=taking.MOST_ROWS, heads=PEOPLE["name"])
        sent.seek(0)
        name, content = str(sent.name), sent.read()
        batch = taking.take(
            account, source, of, Sent(name, content, read.heading, list(read.records())), expected=expected, second_of=second_of
        )  # fmt: skip
    except (UnreadableFile, Refused) as refused:
        return BATCHES.answer(request, 422, problem=str(refused))
    messages.success(request, f"已接收 {batch.report['records']} 行")
    return redirect(batch.second_of or batch)


def _number(text: str) -> int:
    """A whole number that was typed; nought for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _found(account: Account, pk: int) -> Batch:
    rows = Batch.objects.visible_to(account).select_related("source", "round", "account", "loader", "second_of")
    batch = rows.filter(pk=pk).first()
    if batch is None:
        raise Http404("没有这个批次")
    return batch


@never_cache
@keepers_only
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch with what is to be done about its rows."""
    return _page(request, _found(signed_in(request), pk))


def _page(request: HttpRequest, one: Batch, problem: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    rows = taking.rows_of(account, one)
    review = [
        each for each in taking.to_review(rows) if each.kept.link.state == LinkState.REVIEW or one.state != "withdrawn"
    ]
    second = Batch.objects.visible_to(account).filter(second_of=one).exclude(state=BatchState.WITHDRAWN).first()
    context = {
        "batch": one, "problem": problem, "report": [(words, one.report[name]) for name, words in REPORT.items()],
        "states": list(taking.states(rows).items()), "review": _sides(account, review[:SHOWN]),
        "differ": [each for each in rows if each.differ][:SHOWN], "faulty": [each for each in rows if each.faults][:SHOWN],
        "faults": sum(len(each.faults) for each in rows), "second": second, "rates": taking.error_rates(rows),
        "unplaced": taking.headings_of(account, one), "items": taking.item_choices(),
        "may_load": one.state == BatchState.READ and one.second_of is None and one.account_id != account.pk,
        "replaces": taking.replaced_by(account, one, rows) if one.state == BatchState.READ else 0,
        "can_load_more": any(not each.waits and not each.loaded for each in rows),
        "own": one.state == BatchState.READ and one.account_id == account.pk,
        "matched": _joined(account, rows) if request.GET.get("all") or request.POST.get("all") else [], "titles": fields(),
    }  # fmt: skip
    return render(request, "sequelae/batch.html", context, status=status)


def _sides(account: Account, rows: list[Checked]) -> list[dict[str, Any]]:
    """Each record to be looked at beside the persons it may be of."""
    keys = {each["person"] for row in rows for each in row.kept.link.candidates}
    persons = {each.pk: each for each in Person.objects.visible_to(account).filter(pk__in=keys)}
    names = who_are(account, persons.values())
    return [
        {
            "row": row,
            "candidates": [
                {"person": persons[each["person"]], "who": names.get(each["person"], NOBODY), **{k: each[k] for k in ("score", "why")}}
                for each in row.kept.link.candidates
                if each["person"] in persons
            ],
        }
        for row in rows
    ]  # fmt: skip


def _joined(account: Account, rows: list[Checked]) -> list[dict[str, Any]]:
    """Every record that is somebody's, beside the person."""
    joined = [each for each in rows if each.person is not None]
    names = who_are(account, [each.person for each in joined if each.person])
    return [{"row": each, "who": names.get(each.person.pk if each.person else 0, NOBODY)} for each in joined]


@keepers_only
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponseBase:
    """Decide whose a row is, choose a reading, place headings, load, load what waited, withdraw."""
    account, one, typed = signed_in(request), _found(signed_in(request), pk), request.POST
    try:
        said = _done(account, one, verb, typed)
    except (Refused, deciding.Refused) as refused:
        return _page(request, _found(account, pk), str(refused), 422)
    messages.success(request, said)
    return redirect(f"{one.get_absolute_url()}?all=1" if typed.get("all") else one.get_absolute_url())


def _done(account: Account, one: Batch, verb: str, typed: Any) -> str:
    if verb == "decide":
        person = None
        if code := typed.get("person", "").strip():
            person = Person.objects.visible_to(account).filter(code__iexact=code).first()
            if person is None:
                raise deciding.Refused("没有这个登记号")
        key = _row_link(account, one, _number(typed.get("row", "")))
        deciding.decide(account, key, person, typed.get("why", ""), sure=typed.get("sure") == "on")
        taking.check_again(account, one)
        return "已认定，以后的自动对照不再改变" if person else "已认定不是随访人员；入过库的已拆分，原结果恢复"
    if verb == "choose":
        taking.choose(
            account, _row_key(one, _number(typed.get("row", ""))), typed.get("code", ""), typed.get("which", "")
        )
        return "已选定"
    if verb == "aside":
        taking.set_aside(account, _row_key(one, _number(typed.get("row", ""))), typed.get("code", ""))
        return "已搁置这一项，其余项目可以入库"
    if verb == "place":
        taking.place_headings(account, one, {name[2:]: typed[name] for name in typed if name.startswith("h:")})
        return "已保存列对照，这一来源以后照此读取"
    if verb == "load":
        loaded, waiting = taking.load(account, one)
        return f"已入库 {loaded} 行，{waiting} 行待处理"
    if verb == "load_waiting":
        return f"又入库 {taking.load_waiting(account, one)} 行"
    if verb == "withdraw":
        return f"已撤回，{taking.withdraw(account, one, typed.get('why', ''))} 行之前的结果已恢复"
    raise Http404("没有这个操作")


def _row_key(one: Batch, number: int) -> int:
    row = one.rows.filter(number=number).first()
    if row is None:
        raise Http404("没有这一行")
    return row.pk


def _row_link(account: Account, one: Batch, number: int) -> int:
    row = one.rows.filter(number=number).first()
    if row is None:
        raise Http404("没有这一行")
    return row.link_id
