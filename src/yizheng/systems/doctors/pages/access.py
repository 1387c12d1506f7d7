"""Who opens the register of doctors, and the page of one doctor."""

from __future__ import annotations

from yizheng.people.kinds import AccountKind, Role
from yizheng.shell.record.pages import RecordPage, declare
from yizheng.systems.doctors.register import DOCTORS

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})
"""Roles (and, outside the office, the kind of account) at whose side the register stands."""

RECORDS = declare(RecordPage(DOCTORS, "doctors", "医师", "搜索医师姓名、拼音、证书编码、机构"))
