"""健康对照: healthy people of the same centre and year, taken in without names, and read by analyses."""
