"""依职权: an approval is taken back or revoked, an applicant is barred (医疗广告管理办法 第十九条; 广告法 第五十五条、第六十四条)."""
