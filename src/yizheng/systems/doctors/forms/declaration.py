"""声明: health, punishments and bans, and the promise that what was handed in is true (行政许可法 第三十一条)."""

from typing import Any

from yizheng.licensing.fields import HAS, day, either
from yizheng.licensing.forms import Step
from yizheng.systems.practitioners.forms.declaration import DeclarationStep as CommonDeclarationStep


class FitnessStep(Step):
    """Health, sentences and bans."""

    code, title = "fitness", "健康和处罚声明"
    rows = (("criminal_record", "sentence_served_on"), ("ban", "banned_until"))

    health = either("健康状况", ("fit", "健康，适宜执业"), ("unfit", "不适宜执业"))
    criminal_record = either("受过刑事处罚", *HAS, no_first=True)
    sentence_served_on = day("刑罚执行完毕日期", required=False, hint="正在服刑或者缓刑考验期内的，填预计届满之日")
    ban = either("被禁止从事医师职业或者医疗卫生服务", *HAS, no_first=True)
    banned_until = day("禁止期限届满日期", required=False, hint="被禁止从业的填写")

    def clean(self) -> dict[str, Any]:
        """A punishment or a ban needs its day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("criminal_record") and not cleaned.get("sentence_served_on"):
            self.add_error("sentence_served_on", "受过刑事处罚的，请填写刑罚执行完毕日期")
        if cleaned.get("ban") and not cleaned.get("banned_until"):
            self.add_error("banned_until", "被禁止从业的，请填写禁止期限届满日期")
        return cleaned


class DeclarationStep(FitnessStep, CommonDeclarationStep):
    """The same with the promise of truth, which every applicant gives."""

    code, title = "declaration", "声明"
    field_order = ("health", "criminal_record", "sentence_served_on", "ban", "banned_until", "truth")
