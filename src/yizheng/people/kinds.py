"""The words of this room as enumerations: kinds of accounts, kinds of scopes, roles."""

from django.db import models


class AccountKind(models.TextChoices):
    """What an account is for; it decides which roles it may hold."""

    INDIVIDUAL = "individual", "个人"
    INSTITUTION = "institution", "机构经办人"
    CLERK = "clerk", "办件人员"
    INSPECTOR = "inspector", "监督员"
    ANALYST = "analyst", "分析员"
    ENGINEER = "engineer", "运维工程师"
    EXPERT = "expert", "会诊专家"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


#: Kinds that sign in without a second factor; everyone else works for the authority or runs the platform.
OUTSIDE = frozenset({AccountKind.INDIVIDUAL, AccountKind.INSTITUTION})


class ScopeKind(models.TextChoices):
    """What a scope stands for."""

    CITY = "city", "市"
    DISTRICT = "district", "区"
    ORGANISATION = "organisation", "机构"


class Role(models.TextChoices):
    """What an account may be asked to do over a scope."""

    ACCEPTOR = "acceptor", "受理"
    REVIEWER = "reviewer", "审核"
    DECIDER = "decider", "决定"
    INSTITUTION_OPERATOR = "institution_operator", "机构经办"
    INFECTION_NURSE = "infection_nurse", "感控填报"
    INFECTION_APPROVER = "infection_approver", "感控审核"
    INFECTION_OFFICER = "infection_officer", "感染监测"
    EDITOR = "editor", "网站编辑"
    INSPECTOR = "inspector", "监督检查"
    ANALYST = "analyst", "统计分析"
    ENGINEER = "engineer", "运行维护"
    SERVICE_MANAGER = "service_manager", "运维管理"
    CLIENT_MANAGER = "client_manager", "运维监督"
    ORTHOPAEDIST = "orthopaedist", "骨科会诊"
    RESPIRATORY = "respiratory", "呼吸会诊"
    PSYCHOLOGIST = "psychologist", "心理评估"
    COHORT_KEEPER = "cohort_keeper", "体检校对"
    COHORT_ADMIN = "cohort_admin", "随访管理"
    COHORT_STATISTICIAN = "cohort_statistician", "随访统计"
    SYSTEM_ADMIN = "system_admin", "系统管理"
    SECURITY_ADMIN = "security_admin", "安全管理"
    AUDIT_ADMIN = "audit_admin", "审计管理"
