"""Running tomorrow's rules over today's register: who would fall out, before a rule is changed (规则推演)."""
