"""`./yizheng intake`: see `yizheng.intake.command`."""

from yizheng.intake.command import main
from yizheng.registry.management.on_the_command_line import command

Command = command("按格式接收一个文件：核对、预览、入册", main)
