"""恢复丢失的数据: what the city accepted goes back to the hospital it came from, in the format it came in."""
