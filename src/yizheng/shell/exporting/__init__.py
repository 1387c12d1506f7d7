"""Lists on paper and as spreadsheets: declared once, printed and exported everywhere in the same way.

A system declares a list with :func:`declare`; its page puts ``{% list_actions "code" %}`` into the block of actions.
"""

from yizheng.shell.exporting.lists import Column, Filter, ListKind, declare

__all__ = ["Column", "Filter", "ListKind", "declare"]
