"""限制类医疗技术: filed after the first case, noted on the duplicate, stopped (医疗技术临床应用管理办法 第十条至第十二条)."""
