"""The reason of a recorded act: there must be one, and it goes into a trail that holds no personal numbers."""

from yizheng.people.canonical import holds_identifier
from yizheng.people.rights.grants import Refused

LONGEST = 200


def checked_reason(text: str) -> str:
    """The reason without blanks around it. Raises Refused when it is missing, too long or holds a personal number."""
    reason = text.strip()
    if not reason:
        raise Refused("请写明理由")
    if len(reason) > LONGEST:
        raise Refused(f"理由不超过 {LONGEST} 个字")
    if holds_identifier(reason):
        raise Refused("理由中不要写证件号码或手机号码：审计记录不含个人信息")
    return reason
