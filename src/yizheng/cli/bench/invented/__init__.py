"""Invented people and institutions by the million, written through the tables and verbs of the program."""
