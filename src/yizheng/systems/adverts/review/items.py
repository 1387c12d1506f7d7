"""医疗广告审查、到期重新审查、变更、注销: an approval is new each time; what it replaces ends (医疗广告管理办法 第十三条、第十七条)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import Article, advert_rules, advertising_law, licensing_law
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.models import Case, Paper
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts import approving
from yizheng.systems.adverts.item import AdvertItem, approval_of
from yizheng.systems.adverts.models.approval import SUPERSEDED, WITHDRAWN
from yizheng.systems.adverts.review.files import ACCEPTED, MOST_BYTES, SAMPLE, SampleFile, files_of
from yizheng.systems.adverts.review.filing import Filing
from yizheng.systems.adverts.review.reading import read_before
from yizheng.systems.adverts.review.rules import CONTENT, held_stands
from yizheng.systems.adverts.review.steps import MOST_SAMPLES, AgentStep, ContentStep, HeldStep, SamplesStep
from yizheng.systems.institutions.item import office


def _filed(number: int) -> Material:
    """The file of the n-th sample."""

    def wanted(filing: Filing, on: date) -> bool:
        return len(filing.samples) >= number

    return Material(
        f"{SAMPLE}{number}",
        f"成品样件 {number}",
        "影视交影片，广播交录音（可以先交脚本或者文案）；报刊、印刷品、户外交图片或者 PDF，网络交页面截图；标明文号的位置和形式",
        media_types=ACCEPTED,
        max_bytes=MOST_BYTES,
    ).when(wanted)


APPLICATION = Material("application", "医疗广告审查申请表", "法定代表人签名，加盖医疗机构公章")
LICENCE_COPY = Material("licence_copy", "医疗机构执业许可证副本复印件", "加盖发证机关印章，载明校验记录")
SAMPLES = tuple(_filed(number) for number in range(1, MOST_SAMPLES + 1))


class Review(AdvertItem):
    """An advert is approved with its samples, for a year."""

    articles: ClassVar[tuple[Article, ...]] = (advert_rules(8), advert_rules(9), advertising_law(46))
    steps: ClassVar[tuple[type[Step], ...]] = (ContentStep, SamplesStep, AgentStep)
    materials = (APPLICATION, LICENCE_COPY, *SAMPLES)
    checks: ClassVar[tuple[Check, ...]] = CONTENT
    reviewers = 2

    def with_papers(self, applicant: Filing, papers: Sequence[Paper]) -> Filing:
        """The files of the samples, with their words as far as they were read."""
        return replace(applicant, files=read_before(files_of(papers)))

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The approval, its samples with their digests, the number and the certificate."""
        answers = load(case)
        with acting_as_system(f"{self.title}登记"):
            former = approval_of(answers.text("held", "number"))
            if former is not None:
                approving.end(change, former, on, SUPERSEDED, f"{self.title}，原文号不再使用")
            version, fields = approving.approve(change, answers, case.subject_id, office(case), on, _files(case))
        summary = f"准予发布，文号 {version.number}，有效期至{long_date(version.term_to)}"
        return Effect(summary, approving.CERTIFICATE.code, fields)


@declare
class AdvertReview(Review):
    """医疗广告审查."""

    code, title, short_title = "ad_review", "医疗广告审查", "广告审查"


@declare
class AdvertRenewal(Review):
    """到期重新审查: a year is over or nearly; the whole is reviewed anew under a new number."""

    code, title, short_title = "ad_renew", "医疗广告到期重新审查", "重新审查"
    steps = (HeldStep, ContentStep, SamplesStep, AgentStep)
    checks = (held_stands, *CONTENT)


@declare
class AdvertChange(Review):
    """变更重新审查: other samples, other media, or other entries of the licence."""

    code, title, short_title = "ad_change", "医疗广告变更重新审查", "变更审查"
    articles = (advert_rules(17), advertising_law(46))
    steps = (HeldStep, ContentStep, SamplesStep, AgentStep)
    checks = (held_stands, *CONTENT)


@declare
class AdvertCancellation(AdvertItem):
    """医疗广告审查证明注销: the institution gives it up."""

    code, title, short_title = "ad_cancel", "医疗广告审查证明注销", "广告注销"
    articles = (licensing_law(70),)
    steps = (HeldStep,)
    materials = (Material("request", "注销申请书", "法定代表人签名，加盖医疗机构公章"),)
    checks = (held_stands,)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The approval and its certificate end."""
        with acting_as_system(f"{self.title}登记"):
            advert = approval_of(load(case).text("held", "number"))
            assert advert is not None
            approving.end(change, advert, on, WITHDRAWN, "医疗机构申请注销")
        return Effect(f"文号 {advert.number} 的审查证明注销")


def _files(case: Case) -> dict[int, SampleFile]:
    """The file of each sample."""
    papers = Paper.objects.filter(case_id=case.pk, replaced=False).select_related("attachment")
    return {each.number: each for each in files_of(list(papers))}
