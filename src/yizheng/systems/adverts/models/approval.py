"""医疗广告审查证明: what was approved for whom, in which media, for how long, and the samples it was approved with.

One number stands for fixed samples (医疗广告管理办法 第十七条): the samples carry the digest of the file that was approved. A term
ends by itself: that it is over is read from the day, never written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import models
from django.db.models import Q

from yizheng.disclosure.standings import Words as StandingWords
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import ENDED, FILLED, OUTLINED, Entry, Head, Naming, Told
from yizheng.registry.fields import CodeField, CodesField, CountField, DayField, NumberField, SubjectField, TextField
from yizheng.systems.adverts.numbers import HEALTH, TCM
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.institutions.register import INSTITUTIONS

APPROVAL = "approval"
"""The line of the approval: an advert has one."""
VALID, TAKEN_BACK, REVOKED, WITHDRAWN, SUPERSEDED, EXPIRED = (
    "valid", "taken_back", "revoked", "withdrawn", "superseded", "expired",
)  # fmt: skip
STATUSES: Final[Mapping[str, str]] = {
    VALID: "有效",
    TAKEN_BACK: "已收回",
    REVOKED: "撤销",
    WITHDRAWN: "已注销",
    SUPERSEDED: "已换发",
}
ORGANS: Final[Mapping[str, str]] = {HEALTH: "卫生健康行政部门", TCM: "中医药主管部门"}


def sample_line(number: int) -> str:
    """The line of the n-th sample."""
    return f"sample:{number}"


def standing(version: AdvertApproval | None, on: date) -> StandingWords:
    """The words of the face for how an approval stands on a day."""
    if version is None:
        return StandingWords("无此项", "（没有审查证明）", "没有审查，不得发布", "")
    status = version.status_on(on)
    if status == VALID:
        return StandingWords("有效", "", "可以按样件发布", "", may_practise=True)
    word = "有效期满" if status == EXPIRED else STATUSES[status]
    return StandingWords(word, "", f"{word}，不得发布", version.reason)


def _look(version: AdvertApproval) -> str:
    return FILLED if version.status == VALID else ENDED


class AdvertApproval(VisibleState):
    """The approval as its certificate prints it, and how it stands."""

    register = ADVERTS
    label = "医疗广告审查证明"
    order, weight, drawn = 0, 0, _look
    naming = Naming("number", beside="{first_name}")
    told = Told(
        "{first_name}　有效期至 {term_to}", begins="准予发布：{number}", changes="{status}　{reason}", ends="{status}"
    )
    entry = None
    head = Head(
        standing,
        rank=lambda each: each.line,
        rows=(
            ("医疗机构第一名称", "{first_name}", ""),
            ("发布媒体", "{media}", ""),
            ("地址", "{address}", ""),
            ("所有制形式", "{ownership}", ""),
            ("机构类别", "{category}", ""),
            ("诊疗科目", "{subjects}", ""),
            ("床位", "{beds} 张", ""),
            ("接诊时间", "{hours}", ""),
            ("联系电话", "{telephone}", ""),
            ("有效期", "{term_from} 至 {term_to}", ""),
            ("审查机关", "{organ}　{office}", ""),
            ("状态说明", "{reason}", ""),
        ),
        about="有效期至 {term_to}",
        number="number",
        number_label="审查证明文号",
    )

    number = NumberField("审查证明文号", 40, public=True, printed=True)
    institution = SubjectField("医疗机构", of=INSTITUTIONS, public=True)
    first_name = TextField("医疗机构第一名称", 200, public=True, printed=True)
    organ = CodeField("审查机关", 8, table=ORGANS, public=True)
    media = CodesField("发布媒体类别", 1, table="advert_media", public=True, printed=True)
    address = TextField("医疗机构地址", 200, public=True, printed=True)
    ownership = CodeField("所有制形式", 1, table="ownership_form", blank=True, public=True, printed=True)
    category = CodeField("医疗机构类别", 12, table="institution_category", public=True, printed=True)
    subjects = CodesField("诊疗科目", 10, table="clinical_subject", public=True, printed=True)
    beds = CountField("床位数", default=0, unit="张", public=True, printed=True)
    hours = TextField("接诊时间", 200, public=True, printed=True)
    telephone = TextField("联系电话", 100, public=True, printed=True)
    term_from = DayField("有效期自", public=True, printed=True)
    term_to = DayField("有效期至", public=True, printed=True)
    status = CodeField("状态", 12, table=STATUSES, default=VALID, public=True)
    reason = TextField("状态说明", 300, blank=True, public=True)

    class Meta:
        verbose_name = "医疗广告审查证明"
        db_table = "adverts_approval"
        constraints = (
            models.UniqueConstraint(
                fields=["number", "valid_from"], condition=Q(closed=None), name="adverts_number_once"
            ),
        )
        indexes = (
            models.Index(fields=["institution"], name="adverts_of_institution", condition=Q(closed=None)),
            models.Index(fields=["term_to"], name="adverts_term", condition=Q(closed=None)),
        )

    def status_on(self, day: date) -> str:
        """The status on a day: expired once the term is over, whatever was written."""
        return EXPIRED if self.status == VALID and day > self.term_to else self.status


class AdvertSample(VisibleState):
    """成品样件: one sample as it was approved, with its words and the digest of its file."""

    register = ADVERTS
    label = "成品样件 {title}"
    order, weight, drawn = 1, 10, OUTLINED
    told = Told("{title}　{medium}", begins="样件：{title}", changes="样件变更：{title}", ends="样件撤去：{title}")
    entry = Entry("成品样件", "{title}　{medium}　{duration} 秒　{place}　{words}", place=10)

    title = TextField("样件名称", 100, public=True)
    medium = CodeField("媒体类别", 1, table="advert_media", public=True)
    words = TextField("文字内容", 4000, public=True)
    duration = CountField("时长", null=True, unit="秒", public=True)
    place = TextField("网址或者位置", 300, blank=True, public=True)
    file_name = TextField("文件名", 200, blank=True)
    file_type = TextField("文件类型", 40, blank=True)
    digest = NumberField("文件摘要", 64, blank=True)

    class Meta:
        verbose_name = "医疗广告成品样件"
        db_table = "adverts_sample"
