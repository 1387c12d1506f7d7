"""设置审批: whether an institution may be set up, where the law still asks before it is registered."""
