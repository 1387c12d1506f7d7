"""港澳台医师短期行医证书补发: lost or damaged certificates are made again with the same contents and a new code.

港澳台医师短期行医注销: the institution reports within thirty days that one of the nine grounds has come about (第十三条).
"""

from __future__ import annotations

from yizheng.kernel.statutes import hk_macau_rules, licensing_law, taiwan_rules
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.short_term.ending_item import EndingItem
from yizheng.systems.doctors.short_term.reissue_item import ReissueItem


@declare
class HmtDeregistration(EndingItem):
    """港澳台医师短期行医注销."""

    code = "hmt_short_term_deregistration"
    title = "港澳台医师短期行医注销"
    short_title = "短期行医注销"
    articles = (hk_macau_rules(13), taiwan_rules(13))


@declare
class HmtReissue(ReissueItem):
    """港澳台医师短期行医证书补发."""

    code = "hmt_short_term_reissue"
    title = "港澳台医师短期行医证书补发"
    short_title = "短期行医补证"
    articles = (hk_macau_rules(8), taiwan_rules(8), licensing_law(42))
