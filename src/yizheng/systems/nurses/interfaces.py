"""What the register of nurses exchanges with others: records with the military health organs, permissions to the credit platform.

护士条例 第八条至第十条.
"""

from datetime import date

from yizheng.documents.models import Certificate
from yizheng.exchange.credit.sources import OPEN_END, Printed, Source, declare
from yizheng.systems.nurses.intakes import MILITARY
from yizheng.systems.nurses.item import NURSE_CERTIFICATE
from yizheng.systems.nurses.models import SUSPENDED, NurseRegistration, NurseTransfer
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.military_exchange import MilitaryExchange
from yizheng.systems.practitioners.reported import declare_holder, holder

MilitaryExchange(
    PEOPLE,
    MILITARY,
    NurseTransfer,
    (("护士执业证书编号", lambda held: held.number), ("注册有效期至", lambda held: held.term_to.isoformat())),
).declare("军队、地方护士注册变动")


def _term(certificate: Certificate, printed: Printed) -> tuple[date, date]:
    """The five years of the registration as it stood when the certificate was made."""
    standing = NurseRegistration.objects.as_of(certificate.issued_on).filter(subject_id=certificate.subject_id)
    held = standing.order_by("line").first()
    return (held.term_from, held.term_to) if held else (certificate.issued_on, OPEN_END)


declare(
    Source(
        NURSE_CERTIFICATE.code,
        "护士",
        holder,
        lambda certificate, printed: f"准予护士执业注册，执业地点{printed['place']}，执业机构{printed['institution']}",
        _term,
    )
)

declare_holder(NurseRegistration, NURSE_CERTIFICATE.code, suspended=frozenset({SUSPENDED}))
