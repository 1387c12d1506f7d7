"""数据接收: files in, read in a stream, checked row by row, previewed, loaded as one change, undone.

A format is declared by the system it belongs to; everything else, from reading to undoing, is this room's.
"""
