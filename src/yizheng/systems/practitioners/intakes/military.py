"""军队执业数据: what a package of the military health organs tells of people of a register, row by row.

Somebody is the same person when the identity number is hers; a name, sex or day of birth that differs is for a person to look
at. People nobody knows enter the register with what the record says of them, because they are about to come over.
"""

from collections.abc import Sequence

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Format, Makes, RegisterCheck, RowCheck, Severity, declare, in_future
from yizheng.kernel.calendar.clock import TODAY_IN_SQL, beijing_today
from yizheng.kernel.statutes import Article
from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.registry.registers import Register
from yizheng.registry.writer.rows import Known, insert_many
from yizheng.systems.practitioners.intakes.holder import PERSON, known_or_new
from yizheng.systems.practitioners.models.military import JOINED, RecordFact
from yizheng.systems.practitioners.registered import people_register

_BACKWARDS = pl.col("registered_to") < pl.col("registered_from")
_COLUMNS = (
    Column("event", "变动", Kind.CODE, required=True, table="military_event", synonyms=("事件", "变动类型")),
    Column("happened_on", "变动日期", Kind.DAY, required=True, synonyms=("事件日期",)),
    Column("proof_number", "证明文号", required=True, longest=60, synonyms=("证明编号", "文号")),
    Column("registered_from", "注册开始", Kind.DAY, synonyms=("军队注册日期", "注册自")),
    Column("registered_to", "注册结束", Kind.DAY, synonyms=("军队注销日期", "注册至")),
    Column("unit_code", "单位代码", longest=20, synonyms=("部队单位代码",)),
    Column("unit_name", "单位可公开名称", synonyms=("单位名称",), note="不便公开的，留空"),
)
_SANCTIONS = Column("sanctions", "处罚情况", longest=200, synonyms=("处分情况",))


def entered_forces(of: Register) -> str:
    """Under which code it is proposed to end the registration of somebody who joined the forces."""
    return f"{of.code}s.entered_forces"


def declare_records(
    of: Register, record: type[RecordFact], article: Article, *, ended: frozenset[str], code: str, title: str,
    purpose: str, before: Sequence[Column] = (), after: Sequence[Column] = (), checks: Sequence[RowCheck] = (),
) -> Format:  # fmt: skip
    """The format of a register: its own columns stand before and after the common ones.

    ``ended`` are the statuses of registrations that stand no longer.
    """

    def propose_leaving(change_id: int) -> None:
        """Who the forces say joined them and still stands in the civil register is put to her authority."""
        with acting_as_system(f"军队记录 change:{change_id}"):
            joined = record.objects.current().filter(opened=change_id, event=JOINED)
            days = dict(joined.values_list("subject_id", "valid_from"))
            registered = people_register(of.code).registration.objects.as_of(beijing_today())
            rows = [
                Proposal(
                    consequence=entered_forces(of),
                    register=of.code,
                    subject_id=held.subject_id,
                    authority_scope=held.authority_scope,
                    title=f"军队卫生部门通知已于 {days[held.subject_id].isoformat()} 转入军队注册，须办理转军队",
                    article=str(article),
                    cause=change_id,
                )
                for held in registered.filter(subject_id__in=days).exclude(status__in=ended)
            ]
            insert_many(rows, Known.KEPT)

    left = ", ".join(f"'{status}'" for status in sorted(ended))
    return declare(
        Format(
            code=code,
            title=title,
            purpose=purpose,
            columns=(*PERSON, *before, *_COLUMNS, *after, _SANCTIONS),
            holder=known_or_new(),
            makes=(
                Makes(
                    record, "'military_record:' || s.proof_number", "s.happened_on",
                    {field.name: f"s.{field.name}" for field in record.typed_fields()},
                ),
            ),
            key=("proof_number",),
            checks=(
                in_future("event_in_future", "happened_on", "变动日期晚于今天"),
                RowCheck("registered_backwards", "registered_to", "注册结束早于注册开始", _BACKWARDS),
                *checks,
            ),
            register_checks=(
                RegisterCheck(
                    "left_already",
                    "event",
                    "登记为转军队，而本市没有此人的在册注册",
                    f"s.event = '{JOINED}' and not exists (select from {of.code}s_registration r"
                    f" where r.subject_id = m.subject_id and r.closed is null and r.status not in ({left})"
                    f" and r.valid_from <= {TODAY_IN_SQL} and {TODAY_IN_SQL} < r.valid_to)",
                    severity=Severity.NOTE,
                ),
            ),
            follows=propose_leaving,
        )
    )  # fmt: skip
