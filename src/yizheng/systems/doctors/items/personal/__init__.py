"""The business items of personal data and of the sheet of paper, one a file."""

from yizheng.systems.doctors.items.personal.certificate_reissue import CertificateReissue
from yizheng.systems.doctors.items.personal.info_change import InfoChange

__all__ = ["CertificateReissue", "InfoChange"]
