"""What the audit trail calls the acts of the service."""

from yizheng.people.auditing.wording import declare_words
from yizheng.systems.service.words import EntryKind

declare_words(
    {
        **{f"service.{kind.value}": f"工单：{kind.label}" for kind in EntryKind},
        "service.register": "登记工单",
        "service.matter": "登记台账事项",
        "service.matter_move": "办理台账事项",
        "service.inspect": "巡检",
        "service.contract": "登记合同履行",
        "service.acceptance": "下载交付物",
        "service.advisories": "导入安全通告",
        "service.month": "填报指标月报",
        "service.report": "提交季度报告",
        "service.report_receive": "签收季度报告",
        "service.report_question": "对季度报告提出异议",
        "service.report_pass": "审核通过季度报告",
    },
    {},
)
