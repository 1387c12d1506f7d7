"""Filings: further institutions and leave (医师执业注册管理办法 第十条、第十九条)."""
