"""The room of public disclosure: what anybody may know of the registers, in tables that hold nothing else.

Legal basis: 《中华人民共和国医师法》第二十一条 (the public can look up the registration of doctors). Upper rooms write here through
``disclosure.publishing``: they register a `Source` once, which turns subjects into public records, and call
``refresh(kind, subjects)`` inside the transaction that decides, so that the public finds the decision when it is made.
"""
