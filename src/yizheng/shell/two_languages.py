"""What the shell itself says on a form in Chinese and English (foreign doctors): the Chinese, and the English behind it."""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "我的办件": "My cases",
    "在办和已办": "Under way and done",
    "可以办理": "What you can apply for",
    "去补正": "Correct",
    "未上传": "Not uploaded",
    "已上传": "Uploaded",
    "不合格": "Not accepted",
    "上传": "Upload",
    "更换": "Replace",
    "查看": "View",
    "还没有上传": "Not uploaded yet",
    "材料": "Documents",
    "选填": "optional",
    "保存": "Save",
    "保存并离开": "Save and leave",
    "提交申请": "Submit",
    "交回补正": "Hand back",
    "现在的检查结果": "Checks so far",
    "边填边查，与受理时用的是同一套规则": "checked as you type, by the rules of the decision",
    "阻断": "Must be corrected",
    "提示": "Will be weighed",
    "去改": "Correct",
    "去看": "Look",
    "项已通过": "passed",
    "展开": "Show all",
    "处要改后才能提交": "to correct before submitting",
    "已自动保存": "saved",
    "关掉页面也不会丢失": "nothing is lost when you close the page",
    "尚未保存": "Not saved yet",
    "提交之后": "After submission",
    "机构确认聘用": "The host institution confirms",
    "5 个工作日内告知是否受理": "You are told within 5 working days whether it is accepted",
    "继续填写": "Continue",
    "时限": "Time limit",
    "经过": "Progress",
    "文书": "Documents issued",
    "申请内容": "Application",
    "下载电子证照": "Download the certificate",
    "证照已签发，可以下载、打印，也可以出示页上的二维码核验。": "Your certificate is issued: download, print, or show its QR code.",
    "草稿": "Draft",
    "待机构确认": "Awaiting the host institution",
    "待受理": "Received, awaiting acceptance",
    "待补正": "Something to correct",
    "补正已回": "Correction received",
    "审核中": "Under review",
    "专家评审中": "Under expert review",
    "待决定": "Awaiting the decision",
    "准予": "Granted",
    "已送达": "Delivered",
    "已终止": "Ended",
    "不予许可": "Refused",
    "不予受理": "Not accepted",
    "已撤回": "Withdrawn",
}
"""Chinese words of the form page and the case page and their English."""


def beside(chinese: str, english: str) -> str:
    """A text, and its English behind it where there is one."""
    return f"{chinese} {english}" if english else chinese


def both(chinese: str, two: object) -> str:
    """A word of the shell, with its English behind it where the page is in ``two`` languages."""
    return beside(chinese, ENGLISH[chinese]) if two else chinese
