"""数据切片: the pages on which slices are cut, looked into, polished, verified and released."""
