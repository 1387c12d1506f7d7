"""军队医师执业、资格数据: what a package of the military health organs holds, row by row (军队实施执业医师法办法 第三条至第十条).

Somebody is the same person when the identity number is hers; a name, sex or day of birth that differs is for a person to look
at. People nobody knows enter the register with what the record says of them, because they are about to come over.
"""

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, RegisterCheck, RowCheck, Severity, declare, in_future
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.statutes import military_order
from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.registry.writer.rows import Known, insert_many
from yizheng.systems.doctors.models import MilitaryRecord, Registration
from yizheng.systems.doctors.models.military_record import TO_FORCES
from yizheng.systems.doctors.models.registration import ENDED
from yizheng.systems.practitioners.intakes.holder import PERSON, known_or_new

ENTERED_FORCES = "doctors.entered_forces"
_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))

_COLUMNS = (
    *PERSON,
    Column("level", "级别", Kind.CODE, table="practice_level", synonyms=("执业级别", "资格级别")),
    Column("category", "类别", Kind.CODE, table="practice_category", synonyms=("执业类别", "资格类别")),
    Column("scope_text", "执业范围", synonyms=("范围",)),
    Column("event", "变动", Kind.CODE, required=True, table="military_event", synonyms=("事件", "变动类型")),
    Column("happened_on", "变动日期", Kind.DAY, required=True, synonyms=("事件日期",)),
    Column("proof_number", "证明文号", required=True, longest=60, synonyms=("证明编号", "文号")),
    Column("registered_from", "注册开始", Kind.DAY, synonyms=("军队注册日期", "注册自")),
    Column("registered_to", "注册结束", Kind.DAY, synonyms=("军队注销日期", "注册至")),
    Column("unit_code", "单位代码", longest=20, synonyms=("部队单位代码",)),
    Column("unit_name", "单位可公开名称", synonyms=("单位名称",), note="不便公开的，留空"),
    Column("assessment", "考核结果", longest=40),
    Column("sanctions", "处罚情况", longest=200, synonyms=("处分情况",)),
)

_SAID = {field.name: f"s.{field.name}" for field in MilitaryRecord.typed_fields()}


def propose_leaving(change_id: int) -> None:
    """Who the forces say joined them and still stands in the civil register is put to her authority (第十条)."""
    with acting_as_system(f"军队记录 change:{change_id}"):
        joined = MilitaryRecord.objects.current().filter(opened=change_id, event=TO_FORCES)
        days = dict(joined.values_list("subject_id", "valid_from"))
        standing = Registration.objects.as_of(beijing_today()).filter(subject_id__in=days)
        rows = [
            Proposal(
                consequence=ENTERED_FORCES,
                subject_id=held.subject_id,
                authority_scope=held.authority_scope,
                title=f"军队卫生部门通知已于 {days[held.subject_id].isoformat()} 转入军队注册，须办理转军队",
                article=str(military_order(10)),
                cause=change_id,
            )
            for held in standing.exclude(status__in=ENDED)
        ]
        insert_many(rows, Known.KEPT)


MILITARY = declare(
    Format(
        code="military",
        title="军队医师执业、资格数据",
        purpose="军队卫生部门交换来的医师资格、执业注册变动；逐行核对后入库，作为转地方、转军队办件的依据。",
        columns=_COLUMNS,
        holder=known_or_new(),
        makes=(Makes(MilitaryRecord, "'military_record:' || s.proof_number", "s.happened_on", _SAID),),
        key=("proof_number",),
        checks=(
            in_future("event_in_future", "happened_on", "变动日期晚于今天"),
            RowCheck(
                "registered_backwards",
                "registered_to",
                "注册结束早于注册开始",
                pl.col("registered_to") < pl.col("registered_from"),
            ),
            RowCheck(
                "level_missing",
                "level",
                "转地方的记录没有级别或者类别，换领资格时无从核对",
                (pl.col("event") == "to_local") & (pl.col("level").is_null() | pl.col("category").is_null()),
                Severity.QUARANTINE,
                military_order(9),
            ),
        ),
        register_checks=(
            RegisterCheck(
                "left_already",
                "event",
                "登记为转军队，而本市没有此人的在册注册",
                f"s.event = '{TO_FORCES}' and not exists (select from doctors_registration r"
                f" where r.subject_id = m.subject_id and r.closed is null and r.status not in ({_ENDED})"
                f" and r.valid_from <= current_date and current_date < r.valid_to)",
                severity=Severity.NOTE,
            ),
        ),
        follows=propose_leaving,
    )
)
