"""`./yizheng verify`: the register's verification, see `yizheng.registry.seals.command`."""

from yizheng.registry.management.on_the_command_line import command
from yizheng.registry.seals.command import main

Command = command("核验登记库与封存、见证是否一致", main)
