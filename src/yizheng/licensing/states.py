"""The states of a case, in the words of the law and of the page."""

from django.db import models


class CaseState(models.TextChoices):
    """Where a case stands. The labels are the state words of the shell."""

    DRAFT = "draft", "草稿"
    CONFIRMING = "confirming", "待机构确认"
    RECEIVED = "received", "待受理"
    CORRECTING = "correcting", "待补正"
    CORRECTED = "corrected", "补正已回"
    REVIEWING = "reviewing", "审核中"
    IN_PROCEDURE = "in_procedure", "专家评审中"
    DECIDING = "deciding", "待决定"
    GRANTED = "granted", "准予"
    CONCLUDED = "concluded", "已作出结论"
    DELIVERED = "delivered", "已送达"
    REFUSED = "refused", "不予许可"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"
    TERMINATED = "terminated", "已终止"
    CHECKING = "checking", "待核查"
    FILED = "filed", "已备案"
    UNFILED = "unfiled", "备案不成立"
    PROPOSED = "proposed", "拟办"
    NOTICED = "noticed", "已告知"
    HEARING = "hearing", "听证中"
    ENACTED = "enacted", "已作出决定"
    DROPPED = "dropped", "不予处理"
    ROLLED_BACK = "rolled_back", "已回退"


ENDED = frozenset({
    CaseState.GRANTED, CaseState.CONCLUDED, CaseState.DELIVERED, CaseState.REFUSED, CaseState.DECLINED, CaseState.WITHDRAWN,
    CaseState.TERMINATED, CaseState.FILED, CaseState.UNFILED, CaseState.ENACTED, CaseState.DROPPED,
    CaseState.ROLLED_BACK,
})  # fmt: skip
"""States in which nothing is asked of the authority any more."""

STOPPED = frozenset({CaseState.IN_PROCEDURE, CaseState.HEARING})
"""States in which the statutory clock stands still (行政许可法 第四十五条)."""

EDITABLE = frozenset({CaseState.DRAFT, CaseState.CORRECTING})
"""States in which the applicant may change the form and the papers."""
