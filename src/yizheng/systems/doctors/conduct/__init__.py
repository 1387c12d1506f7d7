"""Assessment, conduct and penalties (医师法 第四十二条、第五十四条至第五十八条)."""
