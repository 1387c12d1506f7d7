"""What the public may know of nurses: how they are registered, where and until when, and who is a midwife (行政许可法 第四十条)."""

from yizheng.disclosure.records import Note
from yizheng.disclosure.sources import Lookup
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law
from yizheng.systems.nurses.models import NurseFiling, public_standing
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.nurses.special import SHOWN
from yizheng.systems.practitioners.public import PublicEntry

PublicEntry(
    PEOPLE,
    Lookup("nurses", "执业证书编号", digits=12, basis=licensing_law(40), practises="可以在本市登记和备案的机构执业"),
    standing=public_standing,
    first_registered="registered_on",
    notes=lambda held: (Note("注册有效期至", long_date(held.term_to)),),
    told=lambda before, after: (
        f"延续注册，有效期至{long_date(after.term_to)}" if before.term_to != after.term_to else ""
    ),
    filings=NurseFiling,
    beside=SHOWN,
).declare()
