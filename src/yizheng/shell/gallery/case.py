"""The case page with an invented first registration."""

from typing import Any

from yizheng.shell.gallery.clock import due

_SENTENCE = "4月24日受理，次日起算 20 个工作日。4月27日调休上班计入；5月1日—5日放假不计。无补正、无停计。"


def _event(when: str, what: str, who: str = "", kind: str = "", under: bool = False) -> dict[str, Any]:
    return {"when": when, "what": what, "who": who, "kind": kind, "under": under}


def _findings() -> dict[str, Any]:
    return {
        "open": [
            {
                "level": "提示",
                "code": "R13",
                "sentence": "取得资格满二年未注册，须有连续 6 个月以上培训考核合格证明",
                "evidence": "二年于 2024年12月15日届满。已交材料 4：2024-09-02 至 2025-03-07，合格，足 6 个月。",
                "articles": ["《医师执业注册管理办法》第九条"],
                "dispose_url": "#",
            },
            {
                "level": "提示",
                "sentence": "聘用证明印章与机构登记名称不完全一致",
                "evidence": "印章“青禾社区卫生服务中心”，登记名称前有“海淀区”。",
                "articles": ["《中华人民共和国医师法》第十三条"],
                "source": "材料 3",
                "dispose_url": "#",
            },
        ],
        "disposed": [
            {
                "sentence": "登记簿中另有 1 名许南乔",
                "by": "周明远",
                "at": "05-22 10:31",
                "choice": "采信",
                "reason": "证件号码、出生日期均不同",
                "redo_url": "#",
            },
        ],
        "passed": [
            "资格数据一致",
            "无不予注册情形",
            "类别与资格一致",
            "范围在类别内",
            "机构许可有效",
            "诊疗科目相符",
            "全国无重复注册",
            "身份核验一致",
            "照片合规",
        ],
        "passed_summary": "其余 9 项通过：资格数据一致、无不予注册情形、类别与资格一致、范围在类别内、机构许可有效、诊疗科目相符、"
        "全国无重复注册、身份核验一致、照片合规。",
        "checked": "检查于 10:31，规则 2025-04 版",
    }


def _sections() -> list[dict[str, Any]]:
    return [
        {
            "title": "申请人",
            "rows": [
                ("姓名", "许南乔"),
                ("性别", "女"),
                ("证件号码", "110***********0426"),
                ("出生日期", "1996-**-**"),
                ("民族", "汉族"),
                ("手机号码", "138****0172"),
            ],
        },
        {
            "title": "学历",
            "rows": [
                ("学历学位", "大学本科，医学学士"),
                ("毕业时间", "2019-06-30"),
                ("毕业院校", "华北示范医科大学"),
                ("所学专业", "临床医学"),
            ],
        },
        {
            "title": "医师资格",
            "rows": [
                ("级别类别", "执业医师，临床"),
                ("签发日期", "2022-12-15"),
                ("编码", "2022 11 1 10 ***"),
                ("取得方式", "考试"),
            ],
        },
        {
            "title": "拟执业",
            "rows": [
                ("主要机构", "海淀区青禾社区卫生服务中心，全科", True),
                ("执业范围", "全科医学专业", True),
            ],
        },
    ]


def context() -> dict[str, Any]:
    """A case under review with two advices open."""
    papers = ("申请审核表", "证件照片", "聘用证明", "培训考核证明", "资格证书")
    why = "处置 2 条提示后可通过"
    return {
        "case": {
            "name": "许南乔",
            "item": "医师执业首次注册",
            "state": "审核中",
            "previous_url": "#",
            "next_url": "#",
            "facts": [
                "办件 25-004127",
                "网上申请 04-18",
                "受理机关 海淀区卫生健康委员会",
                "拟执业 海淀区青禾社区卫生服务中心",
            ],
            "clock": due(2, 5, 26, sentence=_SENTENCE),
        },
        "findings": _findings(),
        "sections": _sections(),
        "compare_url": "#",
        "materials": [
            {"number": n, "title": t, "url": "#", "current": n == 4} for n, t in enumerate(papers, 1)
        ],
        "viewer": {
            "kind": "text",
            "meta": "本人上传 04-18 18:12，1 页",
            "compare": [
                ("培训开始", "2024-09-02", "2024-09-02", "一致"),
                ("培训结束", "2025-03-07", "2025-03-07", "一致"),
                ("培训机构", "北京安和医院", "北京安和医院", "在指定名单"),
            ],
        },
        "events": [
            _event("05-26 前", "决定", "秦望舒", "future"),
            _event("05-22 10:31", "审核中", "周明远", "now"),
            _event("04-24 09:05", "受理，发受理通知书", "窗口 沈若谷", under=True),
            _event("04-21 15:42", "机构确认聘用", "青禾 陶知远", under=True),
            _event("04-18 18:20", "网上提交", "本人"),
        ],
        "history": [
            _event("2025-03-07", "培训 6 个月，合格"),
            _event("2022-12-15", "取得执业医师资格（临床）"),
            _event("2022-11-18", "医考 412 分，合格线 360"),
        ],
        "history_note": "无注册、无处罚、无其他在办。",
        "history_url": "#",
        "ledger_url": "#",
        "act_url": "#",
        "revision": 7,
        "opinion_label": "审核意见",
        "opinion": "拟准予注册。培训期满 6 个月，材料 4 属实。",
        "verbs": [
            {"verb": "pass_on", "title": "转办", "key": "t", "wide": True},
            {"verb": "step_back", "title": "退回上一环节", "key": "b", "wide": True},
            {
                "verb": "propose_refusal",
                "title": "拟不予许可",
                "key": "n",
                "grave": True,
                "needs_reason": True,
            },
            {"verb": "pass_review", "title": "通过审核", "key": "a", "primary": True, "why": why},
        ],
    }


def lost() -> dict[str, Any]:
    """The same after somebody else decided it."""
    sentence = "秦望舒 已于 10:44 决定：准予"
    return {
        **context(),
        "verbs": [],
        "lost": {"sentence": sentence, "kept": "你的意见没有提交，已存为备注。", "decision_url": "#"},
    }
