"""Registration itself: first, again, ended (医师法 第十三条至第十七条)."""
