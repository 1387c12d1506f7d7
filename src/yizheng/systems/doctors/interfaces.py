"""What the register of doctors exchanges with others: records with the military health organs, permissions to the credit platform.

军队实施执业医师法办法 第三条至第十条、第二十一条.
"""

from yizheng.exchange.credit.sources import OPEN_END, Source, declare
from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.certificates import scope_words
from yizheng.systems.doctors.intakes.military import MILITARY
from yizheng.systems.doctors.models import MilitaryTransfer, Registration
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.military_exchange import MilitaryExchange
from yizheng.systems.practitioners.reported import declare_holder, holder

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

for code in ("doctor_practice", "assistant_practice"):
    declare(
        Source(
            code,
            "医师",
            holder,
            lambda certificate, printed: (
                f"准予执业注册，执业类别{printed['category']}，主要执业机构{printed['institution']}"
            ),
            lambda certificate, printed: (certificate.issued_on, OPEN_END),
        )
    )

declare_holder(
    Registration, "doctor_practice", "assistant_practice", suspended=frozenset({"SUSP_PENAL", "SUSP_ASSESS"})
)
