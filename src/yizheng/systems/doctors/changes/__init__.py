"""Changes of a registration (医师执业注册管理办法 第二十条 and what follows from it)."""
