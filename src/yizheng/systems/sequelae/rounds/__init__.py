"""年度轮次: which round runs, who is invited, who comes, and what each is told."""
