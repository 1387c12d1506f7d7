"""Who a permission of a practitioner was given to, as it is reported to the credit platform."""

from datetime import date

from yizheng.documents.models import Certificate
from yizheng.exchange.credit.sources import Party, Printed


def holder(certificate: Certificate, printed: Printed, on: date) -> Party:
    """The person by name; the number is filled in on its way out."""
    return Party(str(printed["name"]), is_person=True)
