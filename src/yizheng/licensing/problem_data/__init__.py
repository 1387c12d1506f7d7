"""问题数据: correction orders of every register: found, proposed with before and after, approved by a second person, undone."""
