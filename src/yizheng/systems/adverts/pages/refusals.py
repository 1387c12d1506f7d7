"""不予许可的理由: of the adverts refused in a period, against how many each rule of the screening was upheld."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from yizheng.licensing.catalogue import items
from yizheng.licensing.models import CaseEvent, Disposal
from yizheng.people.tables import Asked, Column, Day, Number, Table
from yizheng.shell.desk.access import office_only
from yizheng.systems.adverts.screening.vocabulary import ban

_RULE = re.compile(r"（([A-Z]+\d*)）$")
OTHER = "其他理由：与执业许可证不一致，材料、媒体不符等"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule: on which articles it rests, how many adverts were refused for it, and their share of all refused."""

    title: str
    articles: str
    adverts: int
    share: str


def _reasons(asked: Asked) -> list[Reason]:
    """The rules by the number of adverts they were upheld against; an advert counts once for each."""
    codes = [each.code for each in items(asked.today, system="adverts")]
    happened = CaseEvent.objects.visible_to(asked.account).filter(verb="refuse", case__item_code__in=codes)
    refused = set(happened.filter(on__range=(asked["from"], asked["to"])).values_list("case_id", flat=True))
    for_rule: dict[str, set[int]] = defaultdict(set)
    for case, rule in _upheld(refused):
        for_rule[rule].add(case)
    for_rule[""] = refused.difference(*for_rule.values())
    ordered = sorted(for_rule.items(), key=lambda each: (-len(each[1]), each[0]))
    return [_reason(rule, len(cases), len(refused)) for rule, cases in ordered if cases]


def _upheld(refused: set[int]) -> Iterator[tuple[int, str]]:
    """The rules whose hits were upheld at last, with their case; what was judged anew counts as it was judged last."""
    judged = Disposal.objects.filter(case__in=refused).order_by("id")
    last = {(each.case_id, each.message): each.accepted for each in judged}
    for (case, message), accepted in last.items():
        if accepted and (rule := _RULE.search(message)):
            yield case, rule[1]


def _reason(rule: str, adverts: int, of: int) -> Reason:
    share = f"{100 * adverts / of:.1f}%"
    if not rule:
        return Reason(OTHER, "—", adverts, share)
    held = ban(rule)
    return Reason(f"{held.title}（{rule}）", "、".join(map(str, held.articles)), adverts, share)


REFUSALS = Table(
    "advert_refusals",
    "不予许可的理由",
    _reasons,
    (
        Column("理由", "title", 40, css="name"),
        Column("依据", "articles", 40, css="dense"),
        Number("不予许可的广告", "adverts", 14),
        Number("占不予许可的", "share", 12),
    ),
    guard=office_only,
    filters=(
        Day("自", "from", default=lambda: timezone.localdate().replace(month=1, day=1)),
        Day("至", "to", default=timezone.localdate),
    ),
    says="辖区之内不予许可的医疗广告，按审查人员采信的初筛命中归类；一件广告可以有几条理由",
    tally="条，广告多的在前",
    empty="这段时间没有不予许可的医疗广告。",
    unfound="这段时间没有不予许可的医疗广告。",
)
"""By rule."""
