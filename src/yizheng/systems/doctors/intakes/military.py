"""军队医师执业、资格数据: what a package of the military health organs tells of doctors (军队实施执业医师法办法 第三条至第十条)."""

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import RowCheck, Severity
from yizheng.kernel.statutes import military_order
from yizheng.systems.doctors.models import MilitaryRecord
from yizheng.systems.doctors.models.registration import ENDED
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.intakes.military import declare_records
from yizheng.systems.practitioners.models.military import LEFT

MILITARY = declare_records(
    DOCTORS,
    MilitaryRecord,
    military_order(10),
    ended=ENDED,
    code="military",
    title="军队医师执业、资格数据",
    purpose="军队卫生部门交换来的医师资格、执业注册变动；逐行核对后入库，作为转地方、转军队办件的依据。",
    before=(
        Column("level", "级别", Kind.CODE, table="practice_level", synonyms=("执业级别", "资格级别")),
        Column("category", "类别", Kind.CODE, table="practice_category", synonyms=("执业类别", "资格类别")),
        Column("scope_text", "执业范围", synonyms=("范围",)),
    ),
    after=(Column("assessment", "考核结果", longest=40),),
    checks=(
        RowCheck(
            "level_missing",
            "level",
            "转地方的记录没有级别或者类别，换领资格时无从核对",
            (pl.col("event") == LEFT) & (pl.col("level").is_null() | pl.col("category").is_null()),
            Severity.QUARANTINE,
            military_order(9),
        ),
    ),
)
