"""What the audit trail calls the acts of the room."""

from yizheng.people.auditing.wording import declare_words

declare_words(
    {
        "sequelae.view": "查看随访人员",
        "sequelae.list": "查看随访名册",
        "sequelae.opinion": "填写会诊意见",
        "sequelae.conclude": "填写会诊结论",
        "sequelae.batch": "接收体检文件",
        "sequelae.load": "体检数据入库",
        "sequelae.withdraw": "撤回体检批次",
        "sequelae.link": "认定对照关系",
        "sequelae.split": "拆分对照关系",
        "sequelae.choose": "校对取值",
        "sequelae.test": "录入心理测试",
        "sequelae.answers": "查看逐题答案",
        "sequelae.alert": "自伤提醒",
        "sequelae.alert_closed": "处置自伤提醒",
        "sequelae.attend": "登记参检",
        "sequelae.letter": "发放体检结果",
        "sequelae.read": "本人查看体检结果",
        "sequelae.group": "变更因公/非因公",
        "sequelae.map": "认定阳性体征词",
        "sequelae.analyse": "运行统计分析",
        "sequelae.images": "接收影像",
        "sequelae.image_person": "认定影像是谁的",
        "sequelae.image_clean": "核对图中无身份信息",
        "sequelae.image_view": "查看影像",
        "sequelae.medium": "登记介质去向",
        "sequelae.report": "打印统计报告",
        "sequelae.controls": "接收健康对照",
    },
    {},
)
