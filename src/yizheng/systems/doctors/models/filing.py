"""A doctor's filing at a further institution (医师法 第十五条; 医师执业注册管理办法 第十条)."""

from yizheng.registry.fields import CodeField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models.filing import FilingFact


class InstitutionFiling(FilingFact):
    """A doctor practises here too, under the registration of this level."""

    register = DOCTORS

    level = CodeField("执业级别", 1, table="practice_level")

    class Meta(FilingFact.Meta):
        verbose_name = "多机构备案"
        db_table = "doctors_filing"
