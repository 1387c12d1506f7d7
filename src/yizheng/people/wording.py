"""The audit trail's verbs in the words a person reads."""

_VERBS = {
    "sign_in": "登录",
    "sign_in.failed": "登录失败：用户名或密码不正确",
    "sign_in.locked": "登录被锁定",
    "sign_in.code_failed": "登录失败：动态口令不正确",
    "sign_in.confirm_failed": "决定前确认身份失败",
    "sign_out": "退出",
    "sign_out.timeout": "超时退出",
    "password.change": "修改密码",
    "password.issue": "开具一次性密码",
    "password.choose": "用一次性密码设置密码",
    "account.register": "实名注册",
    "account.mobile_in_use": "注册的手机号已用于另一账号",
    "account.open": "开通账号",
    "account.suspend": "停用账号",
    "account.resume": "启用账号",
    "account.release_lock": "解除锁定",
    "counter.find": "窗口检索个人账号",
    "counter.mismatch": "窗口填写的证件号码不符",
    "identity.accept": "核实证件：并入登记",
    "identity.reject": "核实证件：不予认可",
    "identity.detach": "账号与登记解除关联",
    "totp.enrol": "设置动态口令",
    "totp.remove": "重置动态口令",
    "totp.recovery_code": "使用恢复码",
    "totp.new_recovery_codes": "更换恢复码",
    "passkey.enrol": "设置通行密钥",
    "passkey.use": "使用通行密钥",
    "passkey.revoke": "撤销通行密钥",
    "grant.propose": "提出授权",
    "grant.approved": "批准授权",
    "grant.declined": "不批准授权",
    "grant.give": "授权生效",
    "grant.revoke": "授权撤销",
    "approval.propose": "提请",
    "approval.approved": "批准提请",
    "approval.rejected": "驳回提请",
    "rule.set": "规则参数生效",
    "calendar.load": "工作日历生效",
    "promise.make": "作出承诺时限",
    "case.transfer": "转办办件",
    "list.print": "打印清单",
    "list.export": "导出清单",
    "keys.rotate": "更换二维码签名密钥",
    "certificates.print": "打印证照",
    "certificates.spoilt": "登记作废纸张",
    "certificates.delivered": "登记证照送达",
    "certificates.open_run": "打开制证文件",
    "vault.resolve": "按证件号码检索",
    "vault.reveal": "查看完整号码",
    "vault.erase": "销毁个人信息密钥",
}


def verb_words(verb: str) -> str:
    """The act in Chinese; a verb of another room that has no words here stands as it is."""
    return _VERBS.get(verb, verb)


def known_verbs() -> list[tuple[str, str]]:
    """Verbs and words, for a filter."""
    return sorted(_VERBS.items(), key=lambda pair: pair[1])
