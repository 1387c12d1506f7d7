"""停业和恢复: an institution stops for a time with approval, and practises again (条例 第二十条, 细则 第三十四条)."""
