"""现场会诊: one person on one page, what the experts say of her, and whether they agree."""
