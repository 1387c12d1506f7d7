"""The audit trail in the words a person reads: acts, what they were done to, and the details kept of them.

The trail itself keeps the words of the program, which never change; a room above adds the words only it knows.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from yizheng.people.kinds import AccountKind, Role

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
    "register.restore": "登记恢复到先前所知",
    "registry.asof": "命令行查某一天的登记",
    "certificates.return": "登记证照退回",
    "documents.verified": "核对附件完整性",
    "documents.open_certificate": "打开证照",
    "documents.open_instrument": "打开文书",
    "documents.open_attachment": "打开材料",
    "intake.receive": "接收文件",
    "intake.load": "批次入册",
    "intake.undo": "批次回退",
    "intake.discard": "放弃批次",
    "intake.open_answer": "下载批次答复",
    "exchange.make": "制作交换包",
    "exchange.receive": "收到交换包",
    "exchange.take": "取走交换包",
    "exchange.answer": "收到交换回执",
    "exchange.refuse": "拒收交换包",
    "exchange.partner": "交换对象生效",
    "dossier.open": "开始集体办理",
    "dossier.take_in": "集体办理加入人员",
    "dossier.hand_in": "集体提交",
    "watch.add": "加入关注名单",
    "watch.remove": "移出关注名单",
    "staff_list.check": "核对人员名单",
    "leave.object": "对离岗备案提出异议",
    "proposal.settle": "处理拟办",
    "forecast.run": "规则推演",
}
_OBJECTS = {
    "account": "账号",
    "approval": "提请",
    "attachment": "材料",
    "attachments": "全部附件",
    "batch": "批次",
    "calendar": "工作日历",
    "case": "办件",
    "certificate": "证照",
    "change": "变更",
    "dossier": "集体办理",
    "forecast": "推演",
    "grant_proposal": "授权提请",
    "institution": "机构",
    "instrument": "文书",
    "list": "清单",
    "mark_key": "签名密钥",
    "package": "交换包",
    "partner": "交换对象",
    "passkey": "通行密钥",
    "print_run": "制证",
    "promise": "承诺时限",
    "proposal": "拟办",
    "recovery": "备份与演练",
    "rule": "规则参数",
    "scope": "范围",
    "subject": "登记主体",
}
_DETAILS = {
    "accepted": "采信",
    "active": "启用",
    "approval": "提请",
    "approved_by": "批准人账号",
    "by": "回退变更",
    "case": "办件",
    "cases": "件数",
    "certificates": "证照数",
    "change": "变更",
    "checked": "核对",
    "claim": "核实",
    "code": "原因代码",
    "count": "人数",
    "damaged": "损坏",
    "digest": "摘要",
    "entry": "台账",
    "file": "文件摘要",
    "filters": "筛选",
    "finding": "检查项",
    "format": "格式",
    "from": "自",
    "hit": "找到",
    "item": "事项",
    "kind": "种类",
    "material": "材料",
    "number": "办件号",
    "object": "对象",
    "on": "日期",
    "partner": "对象",
    "passkey": "通行密钥",
    "position": "序位",
    "reason": "理由",
    "receipt": "回执",
    "revokes": "撤销授权",
    "role": "岗位",
    "rows": "行数",
    "rule": "规则参数",
    "scope": "范围",
    "serial": "序号",
    "subject": "登记主体",
    "to": "转为",
    "unclaimed": "无主",
    "value": "值",
    "version": "版",
    "watermark": "水印",
}
_KINDS = {
    "resident_id": "居民身份证号码",
    "mobile": "手机号码",
    "qualification_number": "医师资格证书编码",
    "passport": "护照号码",
    **dict(AccountKind.choices),
}
_CLAIMS = {"matched": "已并入登记", "pending": "待核实"}
_ROLES = dict(Role.choices)
_VALUES: dict[str, Callable[[str], str]] = {
    "kind": lambda kind: _KINDS.get(kind, kind),
    "claim": lambda state: _CLAIMS.get(state, state),
    "role": lambda role: _ROLES.get(role, role),
    "object": lambda reference: object_words(reference),  # noqa: PLW0108  # defined below
}


def verb_words(verb: str) -> str:
    """The act in Chinese; a verb of another room that has no words here stands as it is."""
    return _VERBS.get(verb, verb)


def known_verbs() -> list[tuple[str, str]]:
    """Verbs and words, for a filter."""
    return sorted(_VERBS.items(), key=lambda pair: pair[1])


def declare_words(verbs: Mapping[str, str], values: Mapping[str, Callable[[str], str]]) -> None:
    """A room above adds the words of its verbs, and by the name of a detail how its values are said."""
    _VERBS.update(verbs)
    _VALUES.update(values)


def object_words(reference: str) -> str:
    """What an act was done to: ``case:206`` is 办件 206."""
    kind, _, number = reference.partition(":")
    return f"{_OBJECTS.get(kind, kind)} {number}".rstrip()


def object_reference(words: str) -> str:
    """The reference behind the words a person typed, the number with or without a space before it."""
    written = re.fullmatch(r"(\D+?)\s*(\d+)", words)
    kinds = {title: kind for kind, title in _OBJECTS.items()}
    return f"{kinds[written[1]]}:{written[2]}" if written and written[1] in kinds else words


def detail_words(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details kept of an act, name and value in words; what has none stands as it is."""
    return [(_DETAILS.get(name, name), _value(name, value)) for name, value in detail.items()]


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    say = _VALUES.get(name)
    return say(str(value)) if say else str(value)
