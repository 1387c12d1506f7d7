"""The papers the items of changing a registration ask for; each names what it must show."""

from __future__ import annotations

from yizheng.licensing.item import Material

EMPLOYMENT_PROOF = Material("employment_proof", "聘用证明", "由变更后的执业机构盖章")
RELEASE = Material("release", "原注册机关证明", "同意转出的证明或者国家平台的转出记录")
QUALIFICATION = Material("qualification", "医师资格证书", "拟变更类别的资格证书")
DIPLOMA = Material("diploma", "学历证书", "主管部门认可的同一类别其他专业高一层次学历")
TRAINING = Material("training_proof", "培训考核合格证明", "由省级以上主管部门指定的培训基地出具")
GENERAL_PRACTICE = Material("general_practice", "全科医师培训合格证书", "申请全科医学专业的提交")
RETURN_TRAINING = Material("training_proof", "培训考核合格证明", "中止执业满二年的提交")
PHYSICAL_CHECK = Material("physical_check", "体检证明", "北京市内医疗机构出具，6 个月内")
ASSISTANT_CERTIFICATE = Material("assistant_certificate", "执业助理医师执业证书", "准予后交回原件")
EXAMINATION_FORM = Material(
    "examination_form", "医师资格考试报名申请表", "执业范围与原注册不同的提交，写明报考专业"
)
BASE_PROOF = Material("base_proof", "规范化培训证明", "由培训基地盖章")
