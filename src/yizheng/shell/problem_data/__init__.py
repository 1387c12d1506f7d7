"""问题数据 as pages: the worklist of a desk, one problem with its history, the correction of a version, merging and splitting."""
