"""The page of one doctor."""

from yizheng.shell.record.pages import RecordPage, declare
from yizheng.systems.doctors.people import FOUNDING
from yizheng.systems.doctors.register import DOCTORS

declare(RecordPage(DOCTORS, "doctors", "医师", "搜索医师姓名、拼音、证书编码、机构", founding=FOUNDING))
