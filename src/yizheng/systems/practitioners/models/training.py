"""Training and assessment passed before registering (医师执业注册管理办法 第十二条; 医师法 第十一条、第十九条)."""

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import Told, by_result
from yizheng.registry.fields import CodeField, DayField, FlagField, NumberField, TextField
from yizheng.systems.practitioners.models.keyed import register_field

TRAINING = "training"
"""连续培训并考核"""
ASSESSMENT = "assessment"
"""重新执业前的考核"""
APPRENTICESHIP = "apprentice"
"""传统医学师承出师"""
KINDS = {TRAINING: "培训并考核", ASSESSMENT: "执业前考核", APPRENTICESHIP: "师承出师考核"}


class TrainingProof(VisibleEvent):
    """A training or an assessment on the day it ended."""

    label = "{kind}"
    order, weight, drawn = 22, 800, by_result
    told = Told("{passed}", begins="{line}{says}", past="{line}{says}　{institution_name}")
    entry = None

    of_register = register_field()
    kind = CodeField("种类", 12, table=KINDS)
    institution_name = TextField("机构", 200)
    number = NumberField("证书编号", 20, blank=True)
    started_on = DayField("开始日期")
    passed = FlagField("考核合格", yes_no=("合格", "不合格"))

    class Meta:
        verbose_name = "培训考核"
        db_table = "practitioners_training"


def line(kind: str) -> str:
    """The line of a kind of proof."""
    return f"proof:{kind}"
