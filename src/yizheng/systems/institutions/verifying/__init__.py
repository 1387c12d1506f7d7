"""校验: applied for, concluded, deferred, repeated; the calendar of what is due (条例 第二十一条, 细则 第三十五条至第三十八条)."""
