"""数据分析: the pages on which questions are put together, answered, kept, shared and exported."""
