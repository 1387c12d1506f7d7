"""数据分析: questions over released slices, put together on a page, kept, shared, dated, and answered the same again later."""
