"""注销: an institution ends, by its own wish or by the authority, for a reason of the law (条例 第二十条, 行政许可法 第七十条)."""
