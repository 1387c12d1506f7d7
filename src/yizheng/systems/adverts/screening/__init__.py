"""广告初筛: what a medical advert may say, and what it may not (医疗广告管理办法 第五条至第七条、第十六条; 广告法 第九条、第十六条)."""
