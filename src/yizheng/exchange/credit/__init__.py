"""双公示 (行政许可、行政处罚信用信息公示): the two tables that are reported, and the rules a record must pass before it is sent."""
