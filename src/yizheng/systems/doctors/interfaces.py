"""What the register of doctors exchanges with others: records with the military health organs, both ways.

军队实施执业医师法办法 第三条至第十条、第二十一条.
"""

from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.certificates import scope_words
from yizheng.systems.doctors.intakes.military import MILITARY
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.military_exchange import MilitaryExchange

MilitaryExchange(
    PEOPLE,
    MILITARY,
    MilitaryTransfer,
    (
        ("级别", lambda held: name_of("practice_level", held.level)),
        ("类别", lambda held: name_of("practice_category", held.category)),
        ("执业范围", scope_words),
    ),
).declare("军队、地方医师注册变动")
