"""The public home and one entry, invented."""

from datetime import date
from typing import Any

from yizheng.shell.gallery.frame import NOW


def home() -> dict[str, Any]:
    """The public home with a name typed in."""
    return {
        "kinds": [
            {"title": t, "url": "#", "current": t == "医师"} for t in ("医师", "护士", "医疗机构", "医疗广告")
        ],
        "ways": [{"title": t, "url": "#", "current": t == "姓名＋机构"} for t in ("姓名＋机构", "证书编号")],
        "fields": [
            {"name": "name", "label": "姓名", "value": "林知夏"},
            {"name": "institution", "label": "执业机构", "value": "安和医院"},
        ],
        "search_url": "#",
        "verify_url": "#",
        "notices_url": "#",
        "hint": "两项都要填写；机构可只写名称的一部分。本站不提供名单浏览，最多显示 20 条。",
        "registers": [
            {
                "title": "医师",
                "figure": 143218,
                "unit": "在册",
                "line": "昨日新注册 46，注销 9",
                "links": [("新注册名单", "#"), ("注销名单", "#")],
            },
            {
                "title": "护士",
                "figure": 161704,
                "unit": "在册",
                "line": "昨日新注册 58，注销 21",
                "links": [("新注册名单", "#"), ("注销名单", "#")],
            },
            {
                "title": "医疗机构",
                "figure": 12096,
                "unit": "有效",
                "line": "昨日新登记 3，注销 2",
                "links": [("校验公告", "#"), ("注销公告", "#")],
            },
            {
                "title": "医疗广告",
                "figure": 1873,
                "unit": "审查证明有效",
                "line": "昨日新发证 12，撤销 1",
                "links": [("有效证明", "#"), ("撤销公告", "#")],
            },
        ],
        "notices": [
            {
                "day": date(2025, 5, 22),
                "kind": "注销",
                "title": "关于注销 9 名医师执业注册的公告（2025年第 98 号）",
                "url": "#",
            },
            {
                "day": date(2025, 5, 21),
                "kind": "名单",
                "title": "2025年5月20日准予医师执业注册人员名单（46 人）",
                "url": "#",
            },
            {
                "day": date(2025, 5, 20),
                "kind": "广告",
                "title": "撤销 1 件《医疗广告审查证明》的公告",
                "url": "#",
            },
            {"day": date(2025, 5, 19), "kind": "校验", "title": "2025年5月医疗机构校验结果公告", "url": "#"},
            {
                "day": date(2025, 5, 16),
                "kind": "通知",
                "title": "端午节期间（5月31日至6月2日）业务办理安排",
                "url": "#",
            },
        ],
        "useful": [
            {"icon": "login-2", "title": "我要办理注册、变更或备案", "url": "#"},
            {"icon": "user-check", "title": "查看谁查阅过我的登记信息", "url": "#"},
            {"icon": "message-report", "title": "登记有误，提出更正", "url": "#"},
            {"icon": "books", "title": "公示哪些内容、不公示哪些内容", "url": "#"},
            {"icon": "phone", "title": "咨询 7×24 小时：010-5555 0100"},
        ],
    }


def entry() -> dict[str, Any]:
    """One doctor."""

    def row(label: str, *lines: Any) -> dict[str, Any]:
        return {
            "label": label,
            "lines": [line if isinstance(line, dict) else {"text": line} for line in lines],
        }

    return {
        "back_url": "#",
        "found": "按“林知夏＋安和医院”查到 1 条",
        "asked_at": NOW,
        "entry": {
            "name": "林知夏",
            "under": "女 · 执业医师",
            "state": "在册",
            "state_detail": "（注册有效）",
            "day_words": "2025年5月22日",
            "verdict": "可以执业",
            "answer": "：在北京市、按内科、全科医学专业执业。",
        },
        "rows": [
            row("执业级别", "执业医师"),
            row("执业类别", "临床"),
            row(
                "执业范围",
                "内科专业（含老年医学专业、传染病专业）",
                {"text": "全科医学专业", "when": "2025年5月19日增加", "short": True},
            ),
            row("执业地点", "北京市"),
            row(
                "主要执业机构", {"text": "北京安和医院", "url": "#", "when": "2021年6月15日起", "short": True}
            ),
            row(
                "多机构备案",
                {"text": "海淀区青禾社区卫生服务中心", "url": "#", "when": "2023年3月1日—2026年2月28日"},
                {"text": "北京云杉互联网医院", "url": "#", "when": "2024年9月2日—2025年9月1日"},
            ),
            row("执业证书编码", {"text": "110 110108 ***217", "when": "中段遮盖", "short": True}),
            row("批准机关", "北京市卫生健康委员会"),
            row("首次注册", "2016年9月8日"),
        ],
        "history": [
            {"when": "2025-05-19", "what": "增加执业范围：全科医学专业", "kind": "now"},
            {"when": "2024-09-02", "what": "多机构备案：北京云杉互联网医院"},
            {"when": "2023-03-01", "what": "多机构备案：海淀区青禾社区卫生服务中心"},
            {"when": "2021-06-15", "what": "变更主要执业机构：北京清源医院 → 北京安和医院"},
            {"when": "2016-09-08", "what": "首次注册"},
        ],
        "past": {
            "day": date(2021, 3, 15),
            "verdict": "可以执业",
            "lines": "主要执业机构为北京清源医院，执业范围为内科专业，无其他备案机构。",
            "basis": "依据 2021年3月15日有效的登记，按今天所知。",
        },
        "withheld": "证件号码、出生日期、联系方式、照片、民族、学历、健康信息、聘用合同，"
        "以及医师资格证书编码（其中含证件号码）。行政处罚按处罚公示规定另行公开。",
        "uses": [
            {"icon": "printer", "title": "打印核验单（含核验码）", "url": "#"},
            {"icon": "link", "title": "复制本页固定链接", "url": "#"},
            {"icon": "message-report", "title": "信息有误，提出更正", "url": "#"},
        ],
    }
