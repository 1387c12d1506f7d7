"""The form of an advert: the eight items, the samples with every word in them, the film script, who acts (医疗广告审查申请表)."""

import re
from typing import Any, Final

from django import forms

from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import check_resident_id
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.fields import IdentifierField, coded, day, many_coded
from yizheng.licensing.forms import Step

FILM, BROADCAST = "1", "2"
MOST_SAMPLES: Final = 6


def subject_codes(text: str) -> tuple[list[str], list[str]]:
    """Codes of the clinical subjects a text names, and the names that no table knows."""
    names = [each.strip() for each in re.split(r"[、，,;；/\s]+", text) if each.strip()]
    found = [(name, table("clinical_subject").find_by_name(name)) for name in names]
    known = list(dict.fromkeys(code.code for _, code in found if code is not None))
    return known, [name for name, code in found if code is None]


class ContentStep(Step):
    """The eight items an advert may hold; the first six as the licence prints them (医疗广告管理办法 第六条)."""

    code, title = "content", "广告内容"
    rows = (("ownership", "category"), ("beds", "hours", "telephone"), ("checked_from", "checked_to"))

    name = forms.CharField(label="医疗机构第一名称", max_length=200)
    address = forms.CharField(label="医疗机构地址", max_length=200, help_text="与执业许可证一致")
    ownership = coded("ownership_form", "所有制形式", required=False)
    category = coded("institution_category", "医疗机构类别")
    subjects = forms.CharField(
        label="诊疗科目", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="按执业许可证副本填写到二级科目，用顿号隔开，可以少于登记的科目",
    )  # fmt: skip
    beds = forms.IntegerField(label="床位数", min_value=0, max_value=30_000, help_text="不含牙椅和观察床")
    hours = forms.CharField(label="接诊时间", max_length=200, help_text="如：周一至周五 8:00—17:00")
    telephone = forms.CharField(label="联系电话", max_length=100)
    checked_from = day("校验有效期自", required=False)
    checked_to = day("校验有效期至", required=False)
    media_kinds = many_coded("advert_media", "拟发布媒体类别")

    def clean_subjects(self) -> str:
        """Only names that the table of clinical subjects knows."""
        text = str(self.cleaned_data["subjects"])
        unknown = subject_codes(text)[1]
        if unknown:
            raise forms.ValidationError(f"诊疗科目名录中没有“{'、'.join(unknown)}”，请按执业许可证副本填写")
        return text


class SampleRow(Row):
    """One sample with every word that is seen or heard in it."""

    title = forms.CharField(label="样件名称", max_length=100)
    medium = coded("advert_media", "媒体类别")
    words = forms.CharField(label="文字内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    duration = forms.IntegerField(label="时长（秒）", required=False, min_value=1, max_value=3600)
    place = forms.CharField(label="网址或者位置", max_length=300, required=False)


class ShotRow(Row):
    """One shot of a film script."""

    sample = forms.IntegerField(label="样件序号", min_value=1, max_value=MOST_SAMPLES)
    shot = forms.CharField(label="镜号", max_length=10)
    picture = forms.CharField(label="画面", max_length=300)
    caption = forms.CharField(label="字幕", max_length=300, required=False)
    voice = forms.CharField(label="配音", max_length=500, required=False)
    seconds = forms.IntegerField(label="时长（秒）", min_value=1, max_value=600)


class SamplesStep(Step):
    """成品样件: all that is to be published under the number within its year; nothing is added later."""

    code, title = "samples", "成品样件"

    samples = RowsField(
        SampleRow, row_word="样件", least=1, most=MOST_SAMPLES, label="样件",
        help_text="一年内要发布的样件一次报齐；文字内容包括画面、字幕、配音中的全部文字，并标明审查证明文号的位置",
    )  # fmt: skip
    script = RowsField(
        ShotRow, row_word="镜头", least=1, most=40, label="镜头脚本", required=False, help_text="影视广告填写"
    )
    objection = forms.CharField(
        label="对初筛结果的说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="认为初筛误判的写明理由，可以提交，由审查人员逐条认定；认定违规的不予许可",
    )  # fmt: skip


class AgentStep(Step):
    """Who is answerable, and who acts."""

    code, title = "agent", "法定代表人和经办人"
    personal = frozenset({"legal_number", "principal_number", "agent_number", "agent_phone"})
    rows = (("legal_name", "legal_number"), ("principal_name", "principal_number"), ("agent_name", "agent_phone"))

    legal_name = forms.CharField(label="法定代表人", max_length=50)
    legal_number = IdentifierField(check_resident_id, label="法定代表人证件号码", required=False, max_length=30)
    principal_name = forms.CharField(label="主要负责人", max_length=50)
    principal_number = IdentifierField(
        check_resident_id,
        label="主要负责人证件号码",
        required=False,
        max_length=30,
        help_text="与法定代表人不是同一人时填写",
    )
    agent_name = forms.CharField(label="经办人", max_length=50)
    agent_phone = forms.CharField(label="经办人电话", max_length=30)
    truth = forms.BooleanField(label="所填内容和样件真实，与拟发布的一致")

    def clean(self) -> dict[str, Any]:
        """Two persons are both named with their numbers."""
        cleaned = super().clean()
        if cleaned.get("legal_name") != cleaned.get("principal_name"):
            for name in ("legal_number", "principal_number"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"请填写{self.fields[name].label}")
        return cleaned


class HeldStep(Step):
    """The approval an application is about."""

    code, title = "held", "原审查证明"

    number = forms.CharField(label="医疗广告审查证明文号", max_length=60, help_text="括号、空格、全角半角不影响")
    why = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
