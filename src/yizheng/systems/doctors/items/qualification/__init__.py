"""The business items of qualifications that are held, corrected, printed again, annulled or recognised, one a file."""

from yizheng.systems.doctors.items.qualification.annulment import QualificationAnnulment
from yizheng.systems.doctors.items.qualification.correction import QualificationCorrection
from yizheng.systems.doctors.items.qualification.lookup import QualificationLookup
from yizheng.systems.doctors.items.qualification.recognition import HmtRecognition
from yizheng.systems.doctors.items.qualification.reissue import QualificationReissue

__all__ = [
    "HmtRecognition",
    "QualificationAnnulment",
    "QualificationCorrection",
    "QualificationLookup",
    "QualificationReissue",
]
