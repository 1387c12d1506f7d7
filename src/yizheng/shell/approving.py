"""What a second person reads on the page where she signs: the preview of the very act, whatever room it belongs to."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from yizheng.analysis import exporting
from yizheng.analysis.exporting import FORMS
from yizheng.analysis.models import Export
from yizheng.exchange import partners, sending
from yizheng.exchange.models import Package
from yizheng.intake import approving as entering
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch
from yizheng.intake.verdicts import LABELS, changed_rows
from yizheng.licensing import rules
from yizheng.licensing.cases import rollbacks
from yizheng.licensing.models import Problem, ProblemAct, ProblemReason
from yizheng.licensing.problem_data import orders
from yizheng.licensing.rule_settings import load_year, set_rule
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import kinds
from yizheng.registry.failures import RegistryError
from yizheng.registry.rolling_back.undoing import LineKey
from yizheng.registry.wording.words import Words
from yizheng.shell.problem_data.correcting import merging_in_words
from yizheng.shell.record.names import names_for
from yizheng.shell.record.pages import page_of, record_for
from yizheng.shell.rollback import prospect
from yizheng.slices import releasing
from yizheng.slices.models import Slice
from yizheng.work.approval import Shown, declare_preview
from yizheng.work.models import Approval

MOST_CHANGED = 5


def of_rollback(made: Approval, account: Account) -> Shown:
    """Each line of the person it was proposed on, what stays, and what is done besides."""
    change_id = int(made.payload["change"])
    try:
        touched = _lines(change_id)
    except RegistryError as refused:
        return Shown("shell/parts/approving/rollback.html", {"impossible": str(refused)})
    registers = {kind.fact_table(): kind.register for kind in kinds()}
    for key in sorted(touched, key=lambda line: registers.get(line.table) is None):
        register = registers.get(key.table)
        try:
            page = page_of(register.code if register else "")
            record = record_for(account, page, key.subject_id)
        except (KeyError, Http404):
            continue
        step = next((each for each in record.steps() if each.change.pk == change_id), None)
        if step is not None:
            found = prospect(account, record, step, Words(names_for(record.versions)))
            link = page.within("rollback", key.subject_id, change_id)
            return Shown("shell/parts/approving/rollback.html", {**found, "change": step.change}, link)
    return Shown()


def _lines(change_id: int) -> list[LineKey]:
    with acting_as_system(f"回退预览 change:{change_id}"):
        return [effect.line for effect in rollbacks.plan_for(change_id).preview.lines()]


def of_batch(made: Approval, account: Account) -> Shown:
    """How the rows of the batch fare, and the first of the entries they change."""
    batch = Batch.objects.visible_to(account).filter(pk=made.payload["batch"]).first()
    if batch is None:
        return Shown()
    undoing = made.kind == entering.UNDO
    changed = [] if undoing else changed_rows(batch, format_of(batch.format))
    verdicts = batch.difference.get("verdicts", {})
    context = {
        "batch": batch,
        "undoing": undoing,
        "partly": made.payload.get("partly", False),
        "verdicts": [(LABELS[one], count) for one, count in verdicts.items()],
        "changed": changed[:MOST_CHANGED],
        "more": len(changed) > MOST_CHANGED,
    }
    return Shown("shell/parts/approving/batch.html", context, reverse("intake:batch", args=[batch.pk]))


def of_rule(made: Approval, account: Account) -> Shown:
    """The value before and after, from when, on which article."""
    asked = made.payload
    rule, start = rules.declaration(asked["code"]), date.fromisoformat(asked["valid_from"])
    before = f"{rules.value(rule.code, start)} {rule.unit}"
    context = {
        "pairs": [("生效", f"{start:%Y-%m-%d}"), ("依据", asked["article"])],
        "rows": [(rule.title, before, f"{asked['value']} {rule.unit}")],
    }
    return Shown("shell/parts/approving/facts.html", context, _proposal(made))


def of_year(made: Approval, account: Account) -> Shown:
    """The notice; the days stand on its own page."""
    pairs = [("年度", made.payload["year"]), ("通知", made.payload["notice"])]
    return Shown("shell/parts/approving/facts.html", {"pairs": pairs}, _proposal(made))


def _proposal(made: Approval) -> str:
    return reverse("rule_settings:proposal", args=[made.pk])


def of_package(made: Approval, account: Account) -> Shown:
    """To whom how many rows leave."""
    package = Package.objects.visible_to(account).filter(pk=made.payload["package"]).first()
    if package is None:
        return Shown()
    pairs = [("发往", package.partner.name), ("行数", f"{package.rows:,}"), ("内容摘要", package.content_digest[:16])]
    link = reverse("exchange:package", args=[package.pk])
    return Shown("shell/parts/approving/facts.html", {"pairs": pairs}, link)


def of_partner(made: Approval, account: Account) -> Shown:
    """Who the partner is, under which authority, and the fingerprints of its keys."""
    asked = made.payload
    pairs = [
        ("名称", asked["name"]),
        ("代码", asked["code"]),
        ("所属机关", Scope.objects.get(pk=asked["authority_scope"]).name),
        ("签名公钥指纹", partners.fingerprint(asked["signing_key"])),
        ("加密公钥指纹", partners.fingerprint(asked["opening_key"])),
        ("状态", "使用" if asked["active"] else "停用"),
    ]
    return Shown("shell/parts/approving/facts.html", {"pairs": pairs})


def of_problem(made: Approval, account: Account) -> Shown:
    """What was found, and each field before and after; of a merge what becomes of every line."""
    problem = Problem.objects.visible_to(account).filter(pk=made.payload["problem"]).first()
    link = reverse("problems:problem", args=[made.payload["problem"]])
    if problem is None:
        return Shown()
    pairs = [
        ("问题", f"{problem.number}　{problem.words}"),
        ("发现", f"{problem.get_source_display()}　{problem.found_by}"),
        ("原因", ProblemReason(made.payload["reason"]).label),
    ]
    if made.payload["act"] == ProblemAct.MERGE:
        found = merging_in_words(account, problem.subject_id, made.payload["into"])
        pairs += [
            ("登记项", f"{len(found['listed']) + found['more']} 项移入或者以保留方为准"),
            ("改指的登记", f"{found['referring']} 项"),
        ]
    return Shown("shell/parts/approving/facts.html", {"pairs": pairs, "rows": made.payload["rows"]}, link)


def of_slice(made: Approval, account: Account) -> Shown:
    """What the slice was concluded to be, by whom, on which sample."""
    found = Slice.objects.visible_to(account).filter(pk=made.payload["slice"]).first()
    if found is None:
        return Shown()
    report = found.report
    pairs = [
        ("结论", report.conclusion),
        ("抽样", f"{report.sampled} 个，不符 {report.differing} 个"),
        ("内容摘要", found.digest[:16]),
    ]
    link = reverse("slices:slice", args=[found.pk])
    return Shown("shell/parts/approving/facts.html", {"pairs": pairs}, link)


def of_export(made: Approval, account: Account) -> Shown:
    """What would leave, in which fields, how masked, and what for."""
    found = Export.objects.get(pk=made.payload["export"])
    pairs = [
        ("提问", found.title),
        ("内容", "明细行" if found.rows_behind else "汇总数字"),
        ("格式", FORMS[found.form]),
        ("脱敏", found.masking),
        ("字段", "、".join(found.fields)),
        ("用途", found.purpose),
    ]
    return Shown("shell/parts/approving/facts.html", {"pairs": pairs})


declare_preview(orders.KIND, of_problem)
declare_preview(rollbacks.KIND, of_rollback)
declare_preview(entering.ENTER, of_batch)
declare_preview(entering.UNDO, of_batch)
declare_preview(set_rule.KIND, of_rule)
declare_preview(load_year.KIND, of_year)
declare_preview(sending.SEND, of_package)
declare_preview(partners.KIND, of_partner)
declare_preview(releasing.KIND, of_slice)
declare_preview(exporting.KIND, of_export)
