"""`./yizheng rollback`: see `yizheng.intake.rollback_command`."""

from yizheng.intake.rollback_command import main
from yizheng.registry.management.on_the_command_line import command

Command = command("回退一个变更，或预览回退", main)
