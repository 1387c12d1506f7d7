"""The certificates of this register beside the practice certificates: short-term practice, specialists, village doctors.

港澳医师短期行医规定 第八条, 外国医师短期行医办法 第十条、第十二条, 中医药法 第十五条, 乡村医生从业管理条例 第十三条,
母婴保健法 第三十三条. What each prints; the numbers are of its own series.
"""

from yizheng.documents.declarations import CertificateKind, Printed, declare

_PERSON = (Printed("name", "姓名"), Printed("sex", "性别"), Printed("identity_number", "证件号码"))
_DAYS = (Printed("valid_from", "有效期自"), Printed("valid_until", "有效期至"))
_PRACTICE = (Printed("category", "执业类别"), Printed("scope", "执业范围"), Printed("institution", "执业机构"))
_FOREIGN = (*_PERSON, Printed("nationality", "国籍"))

HK_MACAU = CertificateKind("hk_macau_short", "港澳医师短期行医执业证书", _PERSON, (*_PRACTICE, *_DAYS))
TAIWAN = CertificateKind("taiwan_short", "台湾医师短期行医执业证书", _PERSON, (*_PRACTICE, *_DAYS))
FOREIGN = CertificateKind(
    "foreign_short",
    "外国医师短期行医许可证",
    _FOREIGN,
    (Printed("work", "诊疗项目"), Printed("institution", "邀请、聘用单位"), *_DAYS),
)
TEAM = CertificateKind(
    "foreign_team",
    "外国医疗团体短期行医许可证",
    (Printed("name", "团体名称"), Printed("country", "来自国家（地区）"), Printed("leader", "负责人")),
    (Printed("work", "目的和诊疗项目"), Printed("institution", "邀请单位"), Printed("members", "成员"), *_DAYS),
)
VILLAGE = CertificateKind(
    "rural_doctor",
    "乡村医生执业证书",
    _PERSON,
    (Printed("institution", "村医疗卫生机构"), Printed("services", "服务内容", optional=True), *_DAYS),
)
SPECIALIST = CertificateKind(
    "tcm_specialist_practice",
    "中医（专长）医师执业证书",
    (*_PERSON, Printed("qualification_number", "资格证书编码", optional=True)),
    (
        Printed("category", "执业类别"),
        Printed("scope", "执业范围"),
        Printed("place", "执业地点"),
        Printed("institution", "主要执业机构"),
    ),
)
MATERNAL = CertificateKind(
    "mch_staff",
    "母婴保健技术考核合格证书",
    (Printed("name", "姓名"), Printed("sex", "性别"), Printed("practice_number", "执业证书编码")),
    (Printed("work", "服务项目"), Printed("institution", "执业机构"), *_DAYS),
)
RADIATION = CertificateKind(
    "radiation_worker",
    "放射工作人员证",
    (Printed("name", "姓名"), Printed("sex", "性别"), Printed("practice_number", "执业证书编码")),
    (
        Printed("work", "放射工作类别"),
        Printed("institution", "工作单位"),
        Printed("valid_from", "发证日期"),
        Printed("retraining_due", "应复训日期"),
    ),
)

declare(HK_MACAU, TAIWAN, FOREIGN, TEAM, VILLAGE, SPECIALIST, MATERNAL, RADIATION)
