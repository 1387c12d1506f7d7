"""What the licence says of the institution that advertises: the measure of the first six allowed items."""

import re
from dataclasses import dataclass
from functools import lru_cache

from yizheng.systems.adverts.screening.reading import folded


@dataclass(frozen=True, slots=True)
class AdvertLicence:
    """The licence in words, as its copy prints it."""

    name: str
    other_names: tuple[str, ...] = ()
    address: str = ""
    ownership: str = ""
    category: str = ""
    subjects: tuple[str, ...] = ()
    beds: int | None = None


_PLACE_NAME = re.compile(r"^(?:北京市?)?(?:[一-鿿]{2,3}区)?(?:第[一二三四五六七八九十]+)?")
_PLAIN_WORDS = re.compile(
    r"(?:医疗美容|中西医结合|中医|西医|综合|专科|眼科|口腔|牙科|妇产科?|妇科|儿童|儿科|骨科|骨伤|皮肤科?|肿瘤|康复|肛肠|耳鼻喉科?|精神|心理|美容|整形外?科?|医学|医疗|健康|"
    r"互联网|门诊部?|医院|诊所|卫生院|卫生站|医务室|护理院|疗养院|中心|社区|卫生|服务|内科|外科|针灸|推拿|体检|有限|公司|第[一二三四五六七八九十]|科)+$"
)


@lru_cache(maxsize=1024)
def brand_of(name: str) -> str:
    """The identifying part of a registered name without place, kind and speciality."""
    plain = folded(name)
    brand = _PLAIN_WORDS.sub("", _PLACE_NAME.sub("", plain))
    return brand if brand != plain else ""
