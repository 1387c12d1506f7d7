"""What the applicant declares: health and truth (医师执业注册管理办法 第六条; 行政许可法 第三十一条、第七十八条)."""

from yizheng.kernel.statutes import registration_rules
from yizheng.systems.practitioners import checks

fit_to_practise = checks.fit_to_practise("D-R07", registration_rules(6))
promises_truth = checks.promises_truth("D-T01")
