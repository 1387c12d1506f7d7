"""Periodic assessment (定期考核, 医师法 第四十二条、第四十三条): the result of one cycle, its re-assessment, and the order to stop.

A cycle is three years; who failed is ordered to stop for three to six months and to train, and is assessed again. Not
having taken part is recorded as such: two cycles in a row end the registration (医师执业注册管理办法 第十八条).
"""

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import Entry, Told, by_result
from yizheng.registry.fields import AmountField, CodeField, DayField, FlagField, TextField
from yizheng.systems.doctors.register import DOCTORS

LINE = "assessment"
"""The line of all a person's assessments."""

GENERAL = "general"
SIMPLE = "simple"
PROCEDURES = ((GENERAL, "一般程序"), (SIMPLE, "简易程序"))
EXEMPTIONS = (("residency", "按规定通过住院医师规范化培训"), ("promotion", "通过晋升上一级专业技术职务考试"))
"""What stands for a passed test of the general procedure, where it came about within the cycle."""
REVIEWS = (("changed", "改为合格"), ("upheld", "维持不合格"))
GRADES = (("good", "良好"), ("pass", "合格"), ("fail", "不合格"))


class PeriodicAssessment(VisibleEvent):
    """The conclusion for a cycle, on the day it was reached."""

    register = DOCTORS
    order, weight, drawn = 21, 150, by_result
    told = Told("{again_word}{passed}", begins="{line}{says}", past="{line}{says}（{cycle}）")
    entry = Entry("定期考核", "{valid_from}　{says}", place=20, newest=True)

    cycle = TextField("考核周期", 20)
    passed = FlagField("合格", yes_no=("合格", "不合格"))
    cycle_from = DayField("周期开始", null=True)
    cycle_to = DayField("周期结束", null=True)
    procedure = CodeField("考核程序", 8, table=dict(PROCEDURES), blank=True)
    assessing_body = TextField("考核机构", 100, blank=True)
    attended = FlagField("参加考核", default=True)
    again = FlagField("再次考核", default=False)
    exempt_by = CodeField("免予业务水平测评", 12, table=dict(EXEMPTIONS), blank=True)
    score = AmountField("业务水平测评成绩", max_digits=4, decimal_places=1, null=True, unit="分")
    performance = CodeField("工作业绩", 4, table=dict(GRADES), blank=True)
    ethics = CodeField("职业道德", 4, table=dict(GRADES), blank=True)
    failing = CodeField("不合格情形", 4, table="assessment_failing_ground", blank=True)
    received_on = DayField("结果送达日期", null=True)
    review_result = CodeField("复核结果", 8, table=dict(REVIEWS), blank=True)
    suspended_from = DayField("暂停开始", null=True)
    suspended_to = DayField("暂停结束", null=True)
    training_proof = TextField("培训合格证明", 100, blank=True)

    class Meta:
        verbose_name = "定期考核"
        db_table = "doctors_assessment"

    @property
    def again_word(self) -> str:
        """That it is the assessment repeated."""
        return "再次考核" if self.again else ""
