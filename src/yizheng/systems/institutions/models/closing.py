"""注销、吊销: that an institution ended, for which reason of the law, on which document (条例 第二十条, 行政许可法 第七十条)."""

from typing import Final

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import BAD, Entry, Told
from yizheng.registry.fields import CodeField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

CLOSING: Final = "closing"
"""The line of the end."""
REASONS: Final = "institution_deregistration_reason"


class Closing(VisibleEvent):
    """The end of an institution, on the day from which it is none."""

    register = INSTITUTIONS
    label = "注销"
    order, weight, drawn = 13, 5, BAD
    told = Told("{cause}", begins="终止：{cause}")
    entry = Entry("终止", "{valid_from}　{cause}　{document}", place=3)

    cause = CodeField("注销原因", 20, table=REASONS, public=True)
    document = TextField("依据的文书", 200, blank=True)
    successor = TextField("承接的机构", 200, blank=True)
    district_to = CodeField("迁往的区", 6, table="district", blank=True)
    records_kept = TextField("病历和处方保管", 500, blank=True)

    class Meta:
        verbose_name = "医疗机构注销"
        db_table = "institutions_closing"
