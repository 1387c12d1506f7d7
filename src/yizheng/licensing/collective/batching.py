"""A batch from the choice to the answer of every case: done at once when small, as a job with progress when large."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from yizheng.licensing.cases import examining, notices, parallel
from yizheng.licensing.lifecycle import Move, NotPossibleError
from yizheng.licensing.models import Batch, BatchRow, Case
from yizheng.licensing.verbs import permits
from yizheng.licensing.verbs.acting import told_who_won
from yizheng.licensing.verbs.performing import CHUNK, chunks, move_among, perform_chunk
from yizheng.licensing.verbs.reviewing import dispose as dispose_of
from yizheng.people.models import Account
from yizheng.registry.writer.rows import insert_many
from yizheng.work import jobs
from yizheng.work.jobs import Progress
from yizheng.work.models import Job

AT_ONCE = 50
"""Cases that are done while the page is waited for; more become a job."""
JOB = "licensing.batch"
MOST_WORDS = 300


def choose(account: Account, verb: str, cases: Sequence[Case], reason: str = "") -> Batch:
    """Write down which cases were chosen, as they stood."""
    with transaction.atomic():
        batch = Batch.objects.create(account=account, verb=verb, reason=reason)
        insert_many([BatchRow(batch=batch, case=case, revision=case.revision) for case in cases])
    return batch


def barred(account: Account, verb: str, cases: Sequence[Case]) -> dict[int, str]:
    """Why the verb cannot be done to some of the cases, by case, from what is kept beside them; the verb itself weighs again."""
    found: dict[int, str] = {}
    held: dict[Move, list[Case]] = {}
    for case, played in zip(cases, permits.parts_many(account, cases), strict=True):
        try:
            move = move_among(case.item, case, verb, played)
        except NotPossibleError as problem:
            found[case.pk] = str(problem)
            continue
        if move.who not in played:
            found[case.pk] = permits.not_yours(case, move)
        elif move.clear_of_blocks and (case.blocks or case.advice):
            found[case.pk] = _uncleared(case)
        else:
            held.setdefault(move, []).append(case)
    for move, same in held.items():
        found |= permits.hindrances(account, same, move)
        if move.key == "a":
            found |= parallel.barred(case for case in same if case.pk not in found)
    return found


def _uncleared(case: Case) -> str:
    counted = [f"{case.blocks} 条阻断"] if case.blocks else []
    counted += [f"{case.advice} 条提示没有处置"] if case.advice else []
    return f"有 {'、'.join(counted)}"


@dataclass(slots=True)
class SharedAdvice:
    """One advice that several cases have, in their own words."""

    code: str
    title: str
    articles: list[str]
    cases: list[Case] = field(default_factory=list)
    times: Counter[int] = field(default_factory=Counter)
    """How often each case has it."""
    messages: dict[str, int] = field(default_factory=dict)
    """Each wording and in how many cases it stands."""


def shared_advice(cases: Sequence[Case], on: date) -> list[SharedAdvice]:
    """The advice nobody has answered yet among the cases, by code, the most frequent first."""
    found: dict[str, SharedAdvice] = {}
    for case in cases:
        for advice in examining.examine(case, on).open_advice:
            articles = [str(article) for article in advice.articles]
            shared = found.setdefault(advice.code, SharedAdvice(advice.code, advice.title, articles))
            shared.messages[advice.message] = shared.messages.get(advice.message, 0) + 1
            if not shared.times[case.pk]:
                shared.cases.append(case)
            shared.times[case.pk] += 1
    return sorted(found.values(), key=lambda each: -len(each.cases))


def dispose(account: Account, shared: SharedAdvice, *, accepted: bool, reason: str) -> Batch:
    """Answer the advice in every case that has it; a case that moved on meanwhile says so in its row."""
    batch = choose(account, "dispose", shared.cases, reason)
    for row in batch.rows.select_related("case"):
        try:
            for _ in range(shared.times[row.case_id]):
                dispose_of(row.case, account, shared.code, accepted=accepted, reason=reason)
            problem = ""
        except (NotPossibleError, permits.NotPermittedError) as refused:
            problem = str(refused)
        _answer([(row, problem)])
    return batch


def start(batch: Batch, title: str) -> Job | None:
    """Do a small batch now; put a large one into the queue and return its job."""
    size = batch.rows.count()
    if size <= AT_ONCE:
        carry_out(batch)
        return None
    return jobs.defer(JOB, account=batch.account, title=f"批量{title} {size} 件", batch=batch.pk)


@jobs.job(JOB, title="批量办理")
def carry_out_as_job(progress: Progress, batch: int) -> str:
    """The batch in chunks, each its own transaction; what was answered before a crash is not done again."""
    found = Batch.objects.select_related("account").get(pk=batch)
    carry_out(found, progress)
    return reverse("desk:batch_result", args=[found.pk])


def carry_out(batch: Batch, progress: Progress | None = None) -> None:
    """Answer every row that has no answer yet."""
    rows = list(batch.rows.filter(done=None))
    total, done = batch.rows.count(), batch.rows.exclude(done=None).count()
    cases = Case.objects.visible_to(batch.account).select_related("applicant")
    seen = {case.pk: case for case in cases.filter(pk__in=[row.case_id for row in rows])}
    by_case = {row.case_id: row for row in rows}
    _answer([(row, "办件不在您的辖区，或者已撤回") for row in rows if row.case_id not in seen])
    moved = [row for row in rows if row.case_id in seen and seen[row.case_id].revision != row.revision]
    _answer([(row, told_who_won(seen[row.case_id])) for row in moved])
    waiting = [seen[row.case_id] for row in rows if row.case_id in seen and row not in moved]
    done += len(rows) - len(waiting)
    with notices.collected():
        for chunk in chunks(waiting, CHUNK):
            with transaction.atomic():
                outcomes = perform_chunk(chunk, batch.verb, batch.account, reason=batch.reason, on=timezone.localdate())
                _answer([(by_case[each.case.pk], each.problem) for each in outcomes])
            done += len(chunk)
            if progress is not None:
                progress.report(done, total)


_ANSWERED = """
-- rows of a batch get their answers, in one statement
UPDATE licensing_batchrow r SET done = n.problem = '', problem = n.problem
FROM unnest(%s::bigint[], %s::text[]) AS n (id, problem) WHERE r.id = n.id
"""


def _answer(answers: Sequence[tuple[BatchRow, str]]) -> None:
    for row, problem in answers:
        row.done, row.problem = not problem, problem[:MOST_WORDS]
    if answers:
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERED, [[row.pk for row, _ in answers], [row.problem for row, _ in answers]])
