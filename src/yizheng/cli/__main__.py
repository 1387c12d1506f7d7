"""The door of ./yizheng: finds the command, runs it, and says in a sentence what went wrong."""

import sys
from collections.abc import Sequence
from importlib import import_module

from yizheng.cli.delegating import manage, on_the_register
from yizheng.cli.trouble import Trouble

COMMANDS = {
    "up": "启动全部服务（数据库、网页、后台任务），Ctrl-C 停止",
    "test": "安装测试所需并运行全部测试；其后的参数交给 pytest",
    "check": "持续集成所做的一切：格式、规范、类型、分层、迁移、部署检查、模板、测试",
    "verify": "核验登记库：哪些变更已封存、是否有人绕过程序改动数据",
    "bench": "测量：各问题与其旁比，--scale city|country，--json 输出 JSON 行",
    "backup": "备份数据库、归档日志、附件；--keys 把密钥另存，--list 列出",
    "restore": "把备份恢复到新的数据目录，--to 指定时刻",
    "restore-data": "把一个机构或一批数据按过去某时所知恢复到现在的登记，作为一次变更",
    "drill": "恢复演练：真的恢复一次，与源库比对后清除",
    "intake": "按格式接收一个文件：核对、预览、入册；--list 列出全部格式",
    "rollback": "回退一个变更，或用 --preview 预览回退",
    "asof": "某主体在某日、按某时所知的登记",
    "compute": "用一个计算器计算，输入输出为 CSV；--list 列出全部",
    "acceptance": "由记录生成运维合同的交付物：--from --to --out",
    "simulate": "模拟一个外部系统，供接口通道联调，--fault 指定故障",
    "hospital-agent": "医院一侧：数据包排队发送、断网重试、不丢失，打开给回的数据",
    "identify": "辨认一个号码是什么、是否有效，输出 JSON",
    "manage": "运行 Django 管理命令，例如 ./yizheng manage check",
}
ON_THE_REGISTER = frozenset({"acceptance", "verify", "restore-data", "intake", "rollback", "asof"})
"""Commands that are management commands of a room, run as the serving role."""
ROOMS = {"up": "running", "backup": "recovery", "restore": "recovery", "drill": "recovery"}
"""Where a command stands that is not at the top of this folder."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is 0 when it did what was asked."""
    name = arguments[0] if arguments else "--help"
    if name in ("--help", "-h", "help"):
        print(_help())
        return 0
    if name not in COMMANDS:
        print(f"没有“{name}”这个命令。\n\n{_help()}", file=sys.stderr)
        return 2
    try:
        if name in ON_THE_REGISTER:
            return on_the_register(name.replace("-", "_"), arguments[1:])
        if name == "manage":
            return manage(arguments[1:])
        module = f"{ROOMS[name]}.{name}" if name in ROOMS else name
        code: int = import_module(f"yizheng.cli.{module.replace('-', '_')}").main(list(arguments[1:]))
    except Trouble as trouble:
        print(f"错误：{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _help() -> str:
    lines = [f"  {name:<15}{summary}" for name, summary in COMMANDS.items()]
    return "\n".join(
        [
            "医政 Yizheng：城市医政管理平台",
            "",
            "用法：./yizheng 命令 [选项]",
            "",
            *lines,
            "",
            "各命令的选项见 ./yizheng 命令 --help，运行维护见 docs/operations.md。",
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
