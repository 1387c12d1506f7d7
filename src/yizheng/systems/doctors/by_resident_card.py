"""What is meant for people from Hong Kong, Macau, Taiwan or abroad is not offered to holders of a resident identity card.

香港、澳门特别行政区医师在内地短期行医管理规定 第二条; 外国医师来华短期行医暂行管理办法 第二条.
"""

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind


def by_resident_card(subject_id: int) -> str | None:
    """Why the item does not concern somebody known by a resident identity card, or nothing."""
    if vault.masked(subject_id, IdentifierKind.RESIDENT_ID):
        return "您以居民身份证登记，此事项供港澳台医师和外国医师办理"
    return None
