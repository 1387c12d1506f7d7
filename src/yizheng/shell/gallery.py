"""The gallery: every component in every state with invented data, to look at and to test.

Served only while developing, testing or demonstrating (`DEBUG` or `DEMO` in the settings).
"""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.licensing.case_clock.clock import Clock
from yizheng.licensing.fields import Choices, DayInput
from yizheng.shell.states import TABLE

_CLOCKS = (
    Clock(date(2025, 6, 11), True, 20, 7, "5月13日受理，20 个工作日；端午 5月31日—6月2日不计"),
    Clock(date(2025, 5, 26), True, 20, 18, "4月24日受理；4月27日上班计入，5月1日—5日不计"),
    Clock(date(2025, 5, 22), True, 20, 20, "4月22日受理；今天是最后一个工作日"),
    Clock(date(2025, 5, 21), True, 20, 21, "4月21日受理，应于 5月21日决定；已报分管负责人"),
    Clock(None, False, 20, 14, "5月12日起停计，预计 30 日；已用 14 日", "专家评审"),
    Clock(None, False, 0, 0, "5月16日收件，受理后起算；5月23日未告知即视为受理"),
)


class Sample(forms.Form):
    """Every kind of field."""

    institution = forms.CharField(label="主要执业机构", help_text="输入名称或登记号选择")
    begin = forms.DateField(label="培训开始", widget=DayInput)
    result = forms.ChoiceField(label="考核结果", choices=[("yes", "合格"), ("no", "不合格")], widget=Choices)
    remark = forms.CharField(label="其他说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    truth = forms.BooleanField(label="以上内容真实，本人愿意承担相应责任")


def _context() -> dict[str, Any]:
    """The states, clocks, findings and the rest."""
    return {
        "kinds": [(kind, [word for words in icons.values() for word in words]) for kind, icons in TABLE.items()],
        "clocks": _CLOCKS,
        "passed": ["资格数据一致", "机构许可有效"],
        "pairs": [("姓名", "许南乔"), ("性别", "女"), ("学历", "大学本科，医学学士", True)],
        "events": [
            {"when": "05-26 前", "what": "决定", "kind": "future"},
            {"when": "05-22 10:31", "what": "审核中", "who": "周明远", "kind": "now"},
            {"when": "04-24 09:05", "what": "受理，发受理通知书", "who": "窗口 沈若谷", "under": True},
        ],
        "difference": [
            ("执业范围", "内科专业", "内科专业；全科医学专业"),
            ("有效", "2021-06-15 起", "2025-05-19 起"),
            ("备案", "", "北京云杉互联网医院"),
        ],
        "faults": [("id_institution", "请填写主要执业机构。"), ("id_begin", "请填写培训开始。")],
        "form": Sample({}),
        "page": {"before": "a", "after": "b"},
        "past_day": date(2021, 6, 1),
        "steps": [
            {"number": 1, "title": "个人信息", "url": "#", "word": "已完成"},
            {"number": 2, "title": "学历", "url": "#", "word": "正在填写", "faults": 2},
            {"number": 3, "title": "声明", "url": "#", "word": "未填写"},
        ],
    }


@login_not_required
@transaction.non_atomic_requests
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404("gallery")
    return render(request, "shell/gallery/components.html", _context())
