"""专项资格终止 的理由: which qualification, and why the authority ends it."""

from __future__ import annotations

from yizheng.licensing.fields import coded, radio
from yizheng.licensing.forms import Step

NO_WORK = "no_work"
GROUNDS = (
    (NO_WORK, "三年未开展"),
    ("unfit", "不再符合认定条件"),
    ("lapsed", "执业机构不再具备相应诊疗科目、技术项目"),
)


class SpecialEndingStep(Step):
    """The type that ends and its ground; the facts stand in the evidence."""

    code = "ending"
    title = "终止的专项资格"

    type = coded("special_qualification_type", "专项类型")
    ground = radio("终止的理由", GROUNDS)
