"""Pages of forecasts (规则推演), for every register that declares one."""
