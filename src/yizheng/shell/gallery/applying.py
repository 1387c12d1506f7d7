"""The applicant's form, invented: training too short, a photo refused."""

from typing import Any, ClassVar

from django import forms

from yizheng.licensing.fields import Choices, day
from yizheng.shell.forms import CodeSelect

_SHORT = "培训只有 5 个月 26 天。连续培训须满 6 个月，结束日期不能早于 2025年3月1日。"


class _Rows(forms.Form):
    rows: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def layout(self) -> list[list[forms.BoundField]]:
        """Fields in rows."""
        shared = {name: row for row in self.rows for name in row}
        laid = dict.fromkeys(shared.get(name, (name,)) for name in self.fields)
        return [[self[name] for name in row] for row in laid]


class Training(_Rows):
    """培训考核."""

    rows = (("begin", "finish", "result"),)
    place = forms.CharField(label="培训机构", help_text="须为省级以上卫生健康主管部门指定的机构")
    begin = day("培训开始")
    finish = day("培训结束")
    result = forms.ChoiceField(label="考核结果", choices=[("yes", "合格"), ("no", "不合格")], widget=Choices)

    def clean_finish(self) -> Any:
        """Always short here."""
        raise forms.ValidationError(_SHORT)


class Practice(_Rows):
    """拟执业信息."""

    rows = (("category", "scope"),)
    fixed: ClassVar[dict[str, str]] = {"category": "类别与医师资格一致，不能改。"}
    institution = forms.CharField(
        label="主要执业机构",
        help_text="输入名称或登记号选择；提交后由机构确认聘用",
        widget=CodeSelect([("110108001", "海淀区青禾社区卫生服务中心"), ("110105002", "北京安和医院")]),
    )
    category = forms.CharField(label="执业类别")
    scope = forms.ChoiceField(label="执业范围", choices=[("50", "全科医学专业"), ("01", "内科专业")])
    remark = forms.CharField(label="其他说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    truth = forms.BooleanField(label="以上内容真实，本人愿意承担相应责任")


def _step(number: int, title: str, word: str, faults: int = 0) -> dict[str, Any]:
    return {
        "number": number,
        "title": title,
        "url": "#",
        "word": word,
        "faults": faults,
        "current": number == 4,
    }


def _upload(name: str, verb: str) -> dict[str, str]:
    return {"name": name, "accept": ".pdf,.jpg,.jpeg,.png", "url": "#", "verb": verb}


def context() -> dict[str, Any]:
    """The fourth step, as it stands while typing."""
    training = Training(
        {"place": "北京安和医院", "begin": "2024-09-02", "finish": "2025-02-27", "result": "yes"},
        auto_id="id_training_%s",
    )
    practice = Practice(
        initial={"institution": "110108001", "category": "临床", "scope": "50"}, auto_id="id_practice_%s"
    )
    why = {
        "sentence": "您于 2022年12月15日取得医师资格，到今天已满二年未注册，所以需要填写这一部分。",
        "article": "《医师执业注册管理办法》第九条",
    }
    return {
        "item_title": "医师执业首次注册",
        "step_line": "第 4 步，共 8 步",
        "saved_at": "10:42",
        "blocked": 2,
        "back_url": "#",
        "check_url": "#",
        "steps": [
            _step(1, "个人信息", "已完成"),
            _step(2, "学历", "已完成"),
            _step(3, "医师资格", "已完成"),
            _step(4, "培训考核", "正在填写", 1),
            _step(5, "拟执业信息", "正在填写"),
            _step(6, "声明", "未填写"),
            _step(7, "材料", "正在填写", 1),
            _step(8, "核对并提交", "未填写"),
        ],
        "parts": [
            {"number": 4, "title": "培训考核", "form": training, "reason": why},
            {"number": 5, "title": "拟执业信息", "form": practice},
        ],
        "materials_title": "7. 材料",
        "materials": [
            {
                "name": "医师执业注册申请审核表",
                "requirement": "系统生成，电子签名",
                "word": "已签名",
                "read": "04-18 17:58",
                "view_url": "#",
            },
            {
                "name": "证件照片",
                "requirement": "354×472 像素，白底，6 个月内",
                "word": "不合格",
                "read": "背景不是白色；请重新上传",
                "upload": _upload("photo", "重新上传"),
            },
            {
                "name": "聘用证明",
                "requirement": "由拟执业机构盖章",
                "word": "已上传",
                "read": "1 页，0.4 MB，已读出机构与日期",
                "view_url": "#",
                "upload": _upload("employment", "更换"),
            },
            {
                "name": "培训考核合格证明",
                "requirement": "PDF、JPG，10 MB 以内",
                "word": "未上传",
                "upload": _upload("training", "上传"),
            },
        ],
        "results": {
            "findings": [
                {
                    "level": "阻断",
                    "sentence": "培训不足 6 个月",
                    "source": "第 4 步 培训结束",
                    "articles": ["《医师执业注册管理办法》第九条"],
                    "go_url": "#id_training_finish",
                },
                {
                    "level": "阻断",
                    "sentence": "照片背景不是白色",
                    "source": "第 7 步 材料",
                    "articles": [],
                    "go_url": "#material-2",
                },
                {
                    "level": "提示",
                    "sentence": "聘用证明印章少“海淀区”三字",
                    "source": "可以提交；审核时由工作人员判断　第 7 步",
                    "go_url": "#material-3",
                },
            ],
            "passed": ["资格数据一致", "无不予注册情形", "类别一致"],
            "passed_summary": "8 项已通过：资格数据一致、无不予注册情形、类别一致等",
        },
        "after": ["机构确认聘用", "5 个工作日内告知是否受理", "受理后 20 个工作日内决定"],
    }


def after_submitting() -> dict[str, Any]:
    """The same after trying to submit."""
    return {
        **context(),
        "faults": [("id_training_finish", _SHORT), ("material-2", "证件照片：背景不是白色，请重新上传。")],
    }
