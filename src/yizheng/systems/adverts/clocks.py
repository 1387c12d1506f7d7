"""The clock of adverts: a year from the day of approval, with reminders sixty and thirty days before (医疗广告管理办法 第十三条)."""

from yizheng.kernel.statutes import advert_rules
from yizheng.licensing.deadlines.clocks import Clock, Recipient, RegisterClocks, declare
from yizheng.systems.adverts import publishing
from yizheng.systems.adverts.models import AdvertApproval
from yizheng.systems.adverts.register import ADVERTS

CLOCKS = RegisterClocks(register=ADVERTS, parameters=lambda on: {}, after_end=publishing.refresh)

declare(
    Clock(
        of=CLOCKS,
        code="advert_term",
        title="医疗广告审查证明有效期届满",
        article=advert_rules(13),
        warn_days=60,
        again=(30,),
        sentence="医疗广告审查证明有效期届满，继续发布须重新申请审查",
        recipients=frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
        fact=AdvertApproval,
        fires_on="fact.term_to + 1",
        where="fact.status = 'valid'",
    )
)
