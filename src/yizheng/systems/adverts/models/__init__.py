"""The facts of the register of adverts, and what the public sees of it."""

from yizheng.systems.adverts.models.approval import APPROVAL, AdvertApproval, AdvertSample
from yizheng.systems.adverts.models.ban import AdvertBan
from yizheng.systems.adverts.models.exception import ScreeningException
from yizheng.systems.adverts.models.public import PublicAdvert
from yizheng.systems.adverts.models.reading import SampleText

__all__ = [
    "APPROVAL",
    "AdvertApproval",
    "AdvertBan",
    "AdvertSample",
    "PublicAdvert",
    "SampleText",
    "ScreeningException",
]
