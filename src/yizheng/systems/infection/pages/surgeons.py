"""手术医师: each surgeon's figures with their arithmetic, and one page that says why a figure cannot be given."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.people.tables import Asked, Choice, Column, Number, Table
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.lists import names
from yizheng.systems.infection.pages.access import hospital_of, hospital_only
from yizheng.systems.infection.pages.figures import SPANS, span
from yizheng.systems.infection.rates import PERCENT, ratio
from yizheng.systems.infection.records.declaring import Row
from yizheng.systems.infection.statistics.pooling import LEAST_HOSPITALS, rows_of, whole_city
from yizheng.systems.infection.statistics.surgeons import Reference, SurgeonFigures, reference_of, surgeons


def _rows(asked: Asked) -> list[Row]:
    return rows_of(asked.account, "operation", *span(asked))


def _reference(asked: Asked) -> Reference:
    """The city's risks by category and index; none where too few hospitals operate."""
    months = whole_city(*span(asked))
    behind = {subject for (subject, _), counts in months.items() if counts.get("operation.all")}
    return reference_of(months.values()) if len(behind) >= LEAST_HOSPITALS else {}


def _surgeons(asked: Asked) -> list[SurgeonFigures]:
    return list(surgeons(asked.once(_rows), asked.once(_reference)).values())


def percent(value: float | None) -> str:
    """A value in percent at two decimals; none is a dash."""
    return "—" if value is None else f"{value:.2f}%"


def ratio_words(each: SurgeonFigures) -> str:
    """The ratio with its interval; empty where it is not given."""
    both = each.interval
    return "" if each.ratio is None or both is None else f"{each.ratio:.2f}（{both[0]:.2f}–{both[1]:.2f}）"


SURGEONS = Table(
    "infection_surgeons",
    "手术医师",
    _surgeons,
    (
        Column("医师代码", "code", 14, css="name", link=lambda each: reverse("infection:surgeon", args=[each.code])),
        Number("手术", "operations", 8),
        Number("感染", "infections", 8),
        Number("专率", lambda each: percent(each.rate), 10),
        Number("平均危险指数", lambda each: "" if each.mean_index is None else f"{each.mean_index:.2f}", 12, nothing="评不出危险指数"),
        Number("调正专率", lambda each: percent(each.adjusted) if each.adjusted is not None else "", 10, nothing="不可计算，点代码看原因"),
        Number("预期", lambda each: f"{each.expected:.2f}", 8),
        Column("标化比（95% 区间）", ratio_words, 22, nothing="预期不足 1 例，点代码看原因"),
    ),
    guard=hospital_only,
    filters=(Choice("期间", "span", options=list(SPANS.items()), default=lambda: "12", always=True),),
    says="市级审核入库的手术；调正专率只用来比较，不是率，可以超过 100%",
    tally="名，按代码",
    empty="这段时间没有入库的手术报表。",
)  # fmt: skip
"""The surgeons of a hospital."""


@never_cache
@hospital_only
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One surgeon."""
    asked = Asked.of(request, SURGEONS.filters)
    rows, reference = _rows(asked), _reference(asked)
    every = surgeons(rows, reference)
    if code not in every:
        raise Http404("这段时间没有这名医师的手术")
    mine = every[code]
    first, last = span(asked)
    context: dict[str, Any] = {
        "surgeon": mine,
        "hospital": hospital_of(signed_in(request)),
        "first": first,
        "last": last,
        "spans": SPANS,
        "span": asked["span"],
        "rate": percent(mine.rate),
        "adjusted": percent(mine.adjusted),
        "ratio": ratio_words(mine),
        "reasons": mine.reasons(),
        "by_index": [
            (*each[:3], percent(each[3]), percent(_of_hospital(every, each[0])), percent(_of_city(reference, each[0])))
            for each in mine.by_index
        ],
        "by_category": _by_category(rows, code),
    }
    return render(request, "infection/surgeon.html", context)


def _of_hospital(every: dict[str, SurgeonFigures], index: int) -> float | None:
    infections = sum(each.rated.infections[index] for each in every.values())
    return ratio(infections, sum(each.rated.operations[index] for each in every.values()), PERCENT)


def _of_city(reference: Reference, index: int) -> float | None:
    of_index = [counts for (_, each), counts in reference.items() if each == index]
    return ratio(sum(ssi for _, ssi in of_index), sum(number for number, _ in of_index), PERCENT)


def _by_category(rows: list[Row], code: str) -> list[tuple[str, int, int]]:
    """The surgeon's operations by category, the most frequent first."""
    found: dict[str, list[int]] = {}
    for row in rows:
        if row.get("surgeon") == code:
            counts = found.setdefault(str(row.get("category")), [0, 0])
            counts[0] += 1
            counts[1] += row.get("ssi") not in (None, "", "0")
    words = names("operation")
    return [(words.get(each, each), *found[each]) for each in sorted(found, key=lambda each: -found[each][0])]  # type: ignore[misc]
