"""行政处罚: what was decided against an institution, and until when anybody may read of it.

行政处罚法 第四十八条 (a decision of some weight is public, one that fell away is withdrawn within three days); 北京市优化营商环境
条例 第七十三条 (three months to a year, or one year to three by its weight; while it is not fulfilled it stays).
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from yizheng.exchange.credit.terms import PublicationTerm, is_shown, publication_term
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import NOT_DRAWN, Entry, Told
from yizheng.registry.fields import AmountField, CodeField, CodesField, DayField, FlagField, NumberField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

GRADES: Final[Mapping[str, str]] = {"minor": "轻微", "general": "一般", "serious": "严重"}
REPAIRED, ANNULLED = "repaired", "annulled"
UNLISTED_FOR: Final[Mapping[str, str]] = {REPAIRED: "信用修复", ANNULLED: "处罚决定被变更、撤销、确认违法或者无效"}


def line(document_number: str) -> str:
    """The line of one decision."""
    return f"penalty:{document_number}"


class InstitutionPenalty(VisibleState):
    """One decision, from its day on."""

    register = INSTITUTIONS
    label = "行政处罚 {document_number}"
    order, weight, drawn = 14, 15, NOT_DRAWN
    told = Told(
        "{kinds}　{behaviour}",
        begins="行政处罚：{kinds}　{document_number}",
        changes="行政处罚 {document_number} 停止公示",
        past="行政处罚：{kinds}　{behaviour}　{document_number}",
    )
    entry = Entry("行政处罚", "{decided_on}　{kinds}　{behaviour}　{document_number}　{unlisted_for}", place=70)

    document_number = NumberField("决定书文号", 60, public=True)
    authority_name = TextField("决定机关", 100, public=True)
    decided_on = DayField("决定日期", public=True)
    kinds = CodesField("处罚种类", 20, table="institution_penalty_kind", public=True)
    behaviour = TextField("违法行为", 200, public=True)
    basis = TextField("处罚依据", 200, public=True)
    amount = AmountField("罚款（元）", max_digits=14, decimal_places=2, null=True, unit="元", public=True)
    confiscated = AmountField("没收金额（元）", max_digits=14, decimal_places=2, null=True, unit="元", public=True)
    grade = CodeField("违法程度", 10, table=GRADES, public=True)
    fulfilled = FlagField("履行情况", yes_no=("已履行", "未履行"), default=False)
    unlisted_for = CodeField("停止公示的原因", 10, table=UNLISTED_FOR, blank=True, default="")

    class Meta:
        verbose_name = "医疗机构行政处罚"
        db_table = "institutions_penalty"

    @property
    def term(self) -> PublicationTerm:
        """How long it is public."""
        return publication_term(GRADES[self.grade], self.decided_on)

    @property
    def last_day_shown(self) -> date | None:
        """The last day on which it is public, without end while it is not fulfilled; nothing where it is not public."""
        if self.unlisted_for or not self.term.published:
            return None
        return self.term.last_day if self.fulfilled else date.max

    def is_public(self, on: date) -> bool:
        """Whether anybody may read of it on a day."""
        return not self.unlisted_for and is_shown(self.term, on, repaired=False, fulfilled=self.fulfilled)
