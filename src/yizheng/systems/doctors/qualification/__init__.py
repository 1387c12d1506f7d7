"""Qualifications: obtained, corrected, printed again, annulled (医师法 第十二条)."""
