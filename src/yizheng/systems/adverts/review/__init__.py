"""医疗广告审查: what an institution files, what is asked of it, what an approval enters (医疗广告管理办法 第八条、第九条)."""
