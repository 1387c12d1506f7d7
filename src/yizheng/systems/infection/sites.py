"""医院感染监控网站 and 暴发报告平台: their sections, and the monitoring report that is drafted from locked months."""

from yizheng.disclosure.content import drafting, sites
from yizheng.disclosure.content.sites import NOTICES, Site
from yizheng.disclosure.home_links import declare as offer_at_home
from yizheng.systems.infection.statistics.published import report

MONITORING = sites.declare(
    Site(
        "infection",
        "医院感染监控",
        "医院感染监测的标准、通知、监测报告和培训",
        {
            NOTICES: "通知公告", "standards": "法规标准", "reports": "监测报告", "training": "培训", "downloads": "下载",
            "questions": "常见问题",
        },
    )
)  # fmt: skip
OUTBREAKS = sites.declare(
    Site(
        "outbreak",
        "医院感染暴发报告",
        "暴发的报告时限、报告表式和各区联系方式；报告本身登录后办理",
        {"guides": "暴发上报指南", "forms": "报告表式", "contacts": "各区联系方式", NOTICES: "通知公告"},
    )
)
drafting.declare(
    drafting.Drafter("infection-report", "医院感染监测报告（已锁定的月份）", "infection", "reports", report)
)
for _icon, _site in (("shield-check", MONITORING), ("bell-ringing", OUTBREAKS)):
    offer_at_home(_icon, _site.title, "disclosure:site", _site.code)
