"""Files exchanged with other authorities: sealed packages both ways, receipts, and whether both sides hold the same."""
