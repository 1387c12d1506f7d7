"""What the register of nurses exchanges with others: records with the military health organs, both ways (护士条例 第九条)."""

from yizheng.systems.nurses.intakes import MILITARY
from yizheng.systems.nurses.models import NurseTransfer
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.military_exchange import MilitaryExchange

MilitaryExchange(
    PEOPLE,
    MILITARY,
    NurseTransfer,
    (("护士执业证书编号", lambda held: held.number), ("注册有效期至", lambda held: held.term_to.isoformat())),
).declare("军队、地方护士注册变动")
