"""变更登记: the entries of a licence change, by kinds (条例 第十九条, 细则 第二十九条至第三十三条)."""
