"""登记号: reading and judging the number of an institution."""
