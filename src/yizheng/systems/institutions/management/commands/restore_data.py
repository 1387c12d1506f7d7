"""`./yizheng restore-data`: see `yizheng.systems.institutions.restore_command`."""

from yizheng.registry.management.on_the_command_line import command
from yizheng.systems.institutions.restore_command import main

Command = command("把一个机构或一批数据按过去某时所知恢复到现在的登记", main)
