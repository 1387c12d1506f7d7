"""登记页: one subject on any day, as known now or then, for every register; made from what the kinds of fact declare."""
