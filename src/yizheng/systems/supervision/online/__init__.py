"""互联网诊疗业务数据: what internet hospitals did, passed on by the platform that supervises them, for checks only."""
