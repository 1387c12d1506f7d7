"""诊所停业、恢复执业、备案证明补发: what clinics that filed report between their filing and its end (条例 第十四条、第二十条).

All three take effect when they are handed in, as the filing did; who stops for more than a year has closed.
"""

from typing import ClassVar

from yizheng.kernel.statutes import Article, institution_regulation, tcm_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Material, Shape
from yizheng.systems.institutions.certificates.reissue import DAMAGED, LOST, LicenceReissue, of
from yizheng.systems.institutions.filings.visiting import FILED
from yizheng.systems.institutions.suspension.items import STOPPED, Resuming, Suspending

_ARTICLES: tuple[Article, ...] = (institution_regulation(14), institution_regulation(20), tcm_law(14))


@declare
class ClinicSuspension(Suspending):
    """诊所停业, and its prolongation within the year."""

    code, title, short_title, group = "clinic_file_suspend", "诊所停业备案", "停业", "备案"
    shape, route, articles = Shape.FILING, (), _ARTICLES
    regimes, statuses = FILED, ("filed", STOPPED)
    materials = (Material("application", "停业报告", "写明原因和期限，法定代表人或者主要负责人签字，盖章"),)
    granted = "已备案："


@declare
class ClinicResumption(Resuming):
    """诊所恢复执业."""

    code, title, short_title, group = "clinic_file_resume", "诊所恢复执业备案", "恢复执业", "备案"
    shape, route, articles = Shape.FILING, (), _ARTICLES
    regimes = FILED
    materials = (Material("application", "恢复执业报告", "写明重新具备执业条件的情况，盖章"),)
    granted = "已备案："
    practising = "filed"


@declare
class FilingReissue(LicenceReissue):
    """诊所备案凭证、中医诊所备案证补发: the same number, the next version."""

    code, title, short_title, group = "clinic_file_reissue", "诊所备案证明补发", "备案证明补发", "备案"
    shape, route = Shape.FILING, ()
    articles: ClassVar[tuple[Article, ...]] = (institution_regulation(14), institution_regulation(22))
    regimes, statuses = FILED, ("filed", STOPPED, "suspended_penalty")
    materials = (
        Material("application", "补发申请", "盖章"),
        Material("declaration", "遗失声明", "登载遗失声明的页面").when(of(LOST)),
        Material("damaged", "损毁的备案证明原件", "扫描件，原件交回").when(of(DAMAGED)),
    )
    made = "补发备案证明"
    keeps = "备案编号不变"
