"""Parts that items share for the reviewing officer: the visit by two officers, and the publicity before a decision.

Neither is among the procedures whose time does not count (行政许可法 第四十五条): the clock runs on.
"""

from typing import Any

from django import forms

from yizheng.licensing.fields import day, either
from yizheng.licensing.forms import DeskStep


class VisitStep(DeskStep):
    """现场核查: two officers look at the place (行政许可法 第三十四条第三款)."""

    code, title = "visit", "现场核查"
    past = ("visited_on",)
    rows = (("officer", "second_officer"),)

    visited_on = day("核查日期")
    officer = forms.CharField(label="核查人员", max_length=50)
    second_officer = forms.CharField(label="核查人员（第二人）", max_length=50)
    seen = forms.CharField(label="核查情况", max_length=1000, widget=forms.Textarea({"rows": 3}))
    fits = either("是否符合要求", ("yes", "符合"), ("no", "不符合"))

    def clean(self) -> dict[str, Any]:
        """Two officers are two persons."""
        cleaned = super().clean()
        names = [(cleaned.get(name) or "").strip() for name in ("officer", "second_officer")]
        if names[0] and names[0] == names[1]:
            self.add_error("second_officer", "现场核查应当指派两名以上工作人员，请填写另一人")
        return cleaned


class PublicityStep(DeskStep):
    """公示: what is to be decided was published, from when until when, and who objected."""

    code, title = "publicity", "公示"
    rows = (("published_from", "published_to"),)
    ordered = (("published_from", "published_to", "公示截止不能早于公示开始"),)

    published_from = day("公示开始")
    published_to = day("公示截止")
    published_at = forms.CharField(label="公示的网站或者地点", max_length=200)
    objections = forms.CharField(label="收到的异议", max_length=500, required=False, help_text="没有的不填")
