"""不受理医疗广告申请: the time in which an institution may not apply (广告法 第五十五条、第五十八条、第六十四条; 中医药法 第五十七条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from yizheng.kernel.statutes import Article, advertising_law, tcm_law
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import HATCHED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS


@dataclass(frozen=True, slots=True)
class BanGround:
    """Why no application is accepted, for how many years, on which article."""

    title: str
    years: int
    article: Article


SERIOUS, FORBIDDEN, UNLAWFUL, DEVIATING, FALSE_PAPERS, FRAUD = (
    "serious", "forbidden", "unlawful", "tcm_deviation", "false_papers", "fraud",
)  # fmt: skip
GROUNDS: Final[Mapping[str, BanGround]] = {
    SERIOUS: BanGround("发布虚假广告情节严重", 1, advertising_law(55)),
    FORBIDDEN: BanGround("广告有广告法第九条、第十条的禁止情形，情节严重", 1, advertising_law(57)),
    UNLAWFUL: BanGround("发布违法医疗广告情节严重", 1, advertising_law(58)),
    DEVIATING: BanGround("中医医疗广告与审查批准内容不符", 1, tcm_law(57)),
    FALSE_PAPERS: BanGround("申请审查时隐瞒情况或者提供虚假材料", 1, advertising_law(64)),
    FRAUD: BanGround("以欺骗、贿赂等不正当手段取得审查批准", 3, advertising_law(64)),
}
REVOKING = (SERIOUS, FORBIDDEN, UNLAWFUL, DEVIATING, FRAUD)
"""The grounds on which an approval is revoked; false papers were found before there was one."""


def line(number: int) -> str:
    """The line of the n-th ban."""
    return f"advert_ban:{number}"


class AdvertBan(VisibleState):
    """No application of the institution is accepted in this time; its last day is still barred."""

    register = INSTITUTIONS
    label = "不受理医疗广告申请"
    order, weight, drawn = 12, 55, HATCHED
    told = Told("{ground}，至 {last_day_barred}", begins="不受理医疗广告申请：{ground}", ends="恢复受理医疗广告申请")
    entry = Entry("不受理医疗广告申请", "{ground}　至 {last_day_barred}　{document_number}", place=70)

    ground = CodeField("事由", 16, table={code: each.title for code, each in GROUNDS.items()}, public=True)
    document_number = TextField("文书号", 100, blank=True)
    last_day_barred = DayField("截止日", public=True)

    class Meta:
        verbose_name = "不受理医疗广告申请"
        db_table = "adverts_ban"
