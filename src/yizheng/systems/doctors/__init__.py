"""Doctors (医师): who may practise, where, at what, since when and on whose decision (医师法 第二章)."""
