"""Medical institutions (医疗机构): who may run one, at what, and under whose authority."""
