"""护士登记簿: the register of nurses (护士条例 第七条、第八条)."""

from yizheng.registry.registers import Register, declare

NURSES = declare(Register("nurse", "护士", prefix="N"))
