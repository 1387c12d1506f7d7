"""Registers out (登记信息推送): who may practise, where and since when, to the platforms that supervise or keep the national register."""
