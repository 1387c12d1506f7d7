"""虚假申请: the application that was refused for it, and what was concealed or false."""

from __future__ import annotations

from django import forms

from yizheng.licensing.forms import Step


class FalseApplicationStep(Step):
    """Which application, and what was wrong with it."""

    code = "false_application"
    title = "虚假申请"

    case_number = forms.CharField(
        label="办件号", max_length=20, help_text="已作出不予受理或者不予许可决定的办件，如 26-004127"
    )
    facts = forms.CharField(label="隐瞒或者虚假的内容", max_length=300)
