"""The tables of the room of work: ordinary tables, not facts."""

from yizheng.work.models.approval import Approval
from yizheng.work.models.job import Job
from yizheng.work.models.notice import Notice, NoticeReading
from yizheng.work.models.outbox import OutboxMessage
from yizheng.work.models.recovery import Recovery, RecoveryKind
from yizheng.work.models.schedule import ScheduleRun

__all__ = ["Approval", "Job", "Notice", "NoticeReading", "OutboxMessage", "Recovery", "RecoveryKind", "ScheduleRun"]
