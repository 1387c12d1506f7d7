"""副本备注: what the duplicate of the licence remarks, of a subject (门诊、专科病名) or beside the entries (健康体检、母婴保健)."""

from collections.abc import Mapping
from typing import Final

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

HEALTH_EXAMINATION, TECHNIQUES = "health_examination", "tcm_techniques"
REMARK_KINDS: Final[Mapping[str, str]] = {
    HEALTH_EXAMINATION: "健康体检",
    "maternal_service": "母婴保健技术服务",
    TECHNIQUES: "中医诊疗技术",
    "other": "其他",
}


def subject_line(code: str) -> str:
    """The line of what is remarked of a clinical subject."""
    return f"subject:{code}"


def remark_line(kind: str) -> str:
    """The line of what is remarked of this kind: an institution has one of each."""
    return f"remark:{kind}"


class SubjectRemark(VisibleState):
    """A remark on one subject: out-patients only, or the one disease it is for; a subject under 其他 is written out."""

    register = INSTITUTIONS
    label = "诊疗科目备注 {clinical_subject}"
    order, weight, drawn = 6, 60, OUTLINED
    told = Told("{remark}", begins="备注{clinical_subject}：{remark}", changes="变更备注{clinical_subject}：{remark}")
    entry = Entry("诊疗科目备注", "{clinical_subject}（{remark}）", place=35)

    clinical_subject = CodeField("诊疗科目", 10, table="clinical_subject", public=True, printed=True)
    remark = TextField("备注", 100, public=True, printed=True)

    class Meta:
        verbose_name = "诊疗科目备注"
        db_table = "institutions_subject_remark"


class DuplicateRemark(VisibleState):
    """A remark in the column of the duplicate, such as the registration for health examinations."""

    register = INSTITUTIONS
    label = "副本备注 {kind}"
    order, weight, drawn = 7, 65, OUTLINED
    told = Told("{text}", begins="副本备注{kind}：{text}", changes="变更副本备注{kind}：{text}")
    entry = Entry("副本备注", "{kind}：{text}", place=60)

    kind = CodeField("备注事项", 20, table=REMARK_KINDS, public=True)
    text = TextField("备注内容", 300, public=True, printed=True)

    class Meta:
        verbose_name = "副本备注"
        db_table = "institutions_remark"
